"""The promises of the project, one module of tests for each module."""
