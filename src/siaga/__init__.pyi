from siaga.serve.library import Workspace as Workspace

__all__ = ["Workspace", "__version__"]

__version__: str
