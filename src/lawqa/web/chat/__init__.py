"""The chat page: Gradio blocks, and what they show."""
