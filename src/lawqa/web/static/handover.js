// The pop-up after signing on: gives the widget's frame (our own origin, nobody else) its ticket, and closes.
const ticket = document.querySelector('meta[name="lawqa-ticket"]').content;
if (window.opener) {
  window.opener.postMessage({ lawqa: 1, type: "ticket", ticket }, location.origin);
  window.close();
}
