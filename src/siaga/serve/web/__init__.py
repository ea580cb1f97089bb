"""The pages of `siaga serve`: one function a page, answered in six formats."""
