//! The rules, tested without Python.
