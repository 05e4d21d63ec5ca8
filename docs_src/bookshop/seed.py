"""What stands on the shelves on the first day.

The books are real; their prices and numbers are this shop's own.
"""

Book = tuple[str, int, str, str, int]
"""Title, year, genre, price, number in stock."""

SHELVES: dict[tuple[str, int, int | None], list[Book]] = {
    ("Ursula K. Le Guin", 1929, 2018): [
        ("A Wizard of Earthsea", 1968, "fantasy", "9.99", 12),
        ("The Left Hand of Darkness", 1969, "science fiction", "10.99", 8),
        ("The Dispossessed", 1974, "science fiction", "11.99", 6),
    ],
    ("Octavia E. Butler", 1947, 2006): [
        ("Kindred", 1979, "science fiction", "12.50", 9),
        ("Parable of the Sower", 1993, "science fiction", "12.50", 7),
    ],
    ("Stanisław Lem", 1921, 2006): [
        ("Solaris", 1961, "science fiction", "9.50", 5),
        ("The Cyberiad", 1965, "science fiction", "10.50", 4),
    ],
    ("Mary Shelley", 1797, 1851): [
        ("Frankenstein", 1818, "science fiction", "6.99", 15),
    ],
    ("J. R. R. Tolkien", 1892, 1973): [
        ("The Hobbit", 1937, "fantasy", "10.99", 20),
        ("The Fellowship of the Ring", 1954, "fantasy", "12.99", 14),
    ],
    ("Susanna Clarke", 1959, None): [
        ("Jonathan Strange & Mr Norrell", 2004, "fantasy", "13.99", 5),
        ("Piranesi", 2020, "fantasy", "9.99", 11),
    ],
    ("Terry Pratchett", 1948, 2015): [
        ("Mort", 1987, "fantasy", "8.99", 10),
        ("Small Gods", 1992, "fantasy", "9.99", 9),
    ],
    ("Jane Austen", 1775, 1817): [
        ("Sense and Sensibility", 1811, "novel", "6.50", 12),
        ("Pride and Prejudice", 1813, "novel", "6.50", 18),
        ("Emma", 1815, "novel", "6.99", 10),
    ],
    ("George Eliot", 1819, 1880): [
        ("Silas Marner", 1861, "novel", "6.99", 6),
        ("Middlemarch", 1871, "novel", "8.99", 8),
    ],
    ("Fyodor Dostoevsky", 1821, 1881): [
        ("Crime and Punishment", 1866, "novel", "9.99", 9),
        ("The Brothers Karamazov", 1880, "novel", "12.99", 5),
    ],
    ("Leo Tolstoy", 1828, 1910): [
        ("War and Peace", 1869, "novel", "14.99", 4),
        ("Anna Karenina", 1878, "novel", "11.99", 7),
    ],
    ("Virginia Woolf", 1882, 1941): [
        ("Mrs Dalloway", 1925, "novel", "8.99", 9),
        ("To the Lighthouse", 1927, "novel", "8.99", 8),
        ("A Room of One's Own", 1929, "essays", "7.99", 10),
    ],
    ("Franz Kafka", 1883, 1924): [
        ("The Metamorphosis", 1915, "novel", "5.99", 13),
        ("The Trial", 1925, "novel", "8.50", 9),
    ],
    ("Gabriel García Márquez", 1927, 2014): [
        ("One Hundred Years of Solitude", 1967, "novel", "11.99", 10),
        ("Chronicle of a Death Foretold", 1981, "novel", "8.99", 6),
    ],
    ("Toni Morrison", 1931, 2019): [
        ("Song of Solomon", 1977, "novel", "10.99", 7),
        ("Beloved", 1987, "novel", "10.99", 9),
    ],
    ("Chinua Achebe", 1930, 2013): [
        ("Things Fall Apart", 1958, "novel", "9.50", 11),
    ],
    ("Chimamanda Ngozi Adichie", 1977, None): [
        ("Half of a Yellow Sun", 2006, "novel", "10.50", 8),
        ("Americanah", 2013, "novel", "10.50", 7),
    ],
    ("Kazuo Ishiguro", 1954, None): [
        ("The Remains of the Day", 1989, "novel", "9.99", 9),
        ("Never Let Me Go", 2005, "novel", "9.99", 10),
    ],
    ("Agatha Christie", 1890, 1976): [
        ("The Murder of Roger Ackroyd", 1926, "crime", "7.99", 12),
        ("Murder on the Orient Express", 1934, "crime", "7.99", 16),
    ],
    ("Arthur Conan Doyle", 1859, 1930): [
        ("The Hound of the Baskervilles", 1902, "crime", "6.50", 13),
    ],
    ("Umberto Eco", 1932, 2016): [
        ("The Name of the Rose", 1980, "crime", "12.99", 6),
    ],
    ("Homer", -750, None): [
        ("The Iliad", -720, "poetry", "11.50", 5),
        ("The Odyssey", -700, "poetry", "11.50", 7),
    ],
    ("Emily Dickinson", 1830, 1886): [
        ("Poems", 1890, "poetry", "7.99", 4),
    ],
    ("William Shakespeare", 1564, 1616): [
        ("Hamlet", 1603, "drama", "5.99", 17),
        ("King Lear", 1608, "drama", "5.99", 9),
    ],
    ("Charles Darwin", 1809, 1882): [
        ("On the Origin of Species", 1859, "science", "9.99", 6),
    ],
    ("Richard Feynman", 1918, 1988): [
        ("QED: The Strange Theory of Light and Matter", 1985, "science", "13.50", 5),
    ],
    ("Herodotus", -484, -425): [
        ("The Histories", -430, "history", "12.99", 4),
    ],
    ("Barbara W. Tuchman", 1912, 1989): [
        ("The Guns of August", 1962, "history", "13.99", 5),
    ],
    ("Astrid Lindgren", 1907, 2002): [
        ("Pippi Longstocking", 1945, "children", "7.99", 14),
        ("The Brothers Lionheart", 1973, "children", "8.50", 8),
    ],
    ("Tove Jansson", 1914, 2001): [
        ("Finn Family Moomintroll", 1948, "children", "8.50", 9),
        ("The Summer Book", 1972, "novel", "9.99", 10),
    ],
}
