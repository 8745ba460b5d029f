"""What belongs to a workspace: each function takes the workspace, and sees its own and granted channels only."""
