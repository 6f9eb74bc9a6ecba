// The page's own REST routes; every failure becomes one sentence that a reader understands.

import { t } from "./strings.js";

const root = new URL("../../", import.meta.url);
export const api = (path) => new URL(`api/ui/${path}`, root);
export const pageUrl = new URL("ui/", root);

export class ApiError extends Error {}

async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(api(path), { credentials: "same-origin", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(t("offline"));
  }
  if (response.ok) return response;
  const detail = await response.json().then((body) => body.detail, () => null);
  if (typeof detail === "string") throw new ApiError(detail);
  throw new ApiError(t(response.status === 429 ? "busy" : "broken"));
}

export async function get(path, query = {}, options = {}) {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one) search.append(key, one);
  }
  const tail = search.toString();
  return (await request(tail ? `${path}?${tail}` : path, options)).json();
}

export const post = (path, body) =>
  request(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** The bytes of a file, or a text, as they are. */
export const upload = (path, query, body) =>
  request(`${path}?${new URLSearchParams(query)}`, { method: "POST", headers: { "content-type": "application/octet-stream" }, body });
