"""What time asks for: reminders, escalations, revisits, the weekly agenda. Every decision is given its instant."""
