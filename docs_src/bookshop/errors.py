"""Problems of the shop's own, answered by handlers of their own."""


class OutOfStock(Exception):
    """Somebody wants more copies of a book than the shop has."""

    def __init__(self, book_id: int, in_stock: int) -> None:
        super().__init__(f"There are only {in_stock} of book {book_id}.")
        self.book_id = book_id
        self.in_stock = in_stock
