"""The README of the reference server names its joints."""

from tests import joints


def test_the_table_of_joints_is_current():
    """Whoever looks for the method that keeps a duty finds it there."""
    _, table, _ = joints.split()
    assert table == "\n".join(joints.rows()), "run: python -m tests.joints"
