"""What a postmortem says, and what is wrong with it. Pure: text in, findings out; no clock, no network, never `app`."""
