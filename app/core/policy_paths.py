"""Where policy files stand."""

POLICY_PATH = ".github/closeout.yml"
"""A repository's own policy."""

ORGANISATION_REPOSITORY = ".github"
ORGANISATION_POLICY_PATH = "closeout.yml"
"""An organisation's policy, in the repository above; it names the repositories that it speaks for."""
