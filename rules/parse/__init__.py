"""How the parts of a postmortem are understood: sections, metadata, people, times, the timeline, action items."""
