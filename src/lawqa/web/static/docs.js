// Starts Swagger UI; a file of its own so that /docs works without inline scripts.
SwaggerUIBundle({
  url: document.getElementById("swagger").dataset.openapi,
  dom_id: "#swagger",
  deepLinking: true,
  validatorUrl: null, // by default it would ask a validator on the internet
});
