"""ASGI middleware around every route: headers, hosts and origins, body size, rate, what Gradio must not offer."""
