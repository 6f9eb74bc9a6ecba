"""The web: one FastAPI app with the chat page, the API, the widget and MCP on one port."""
