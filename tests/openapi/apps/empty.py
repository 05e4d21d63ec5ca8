from fastapi_lite import FastAPI

app = FastAPI()
