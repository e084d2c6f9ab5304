"""Makes ``sample_logs``, which stands beside this file, known to the tests of every room."""
