"""`closeout demo`: a story played on a sandbox GitHub with the real service, through real signed webhooks."""
