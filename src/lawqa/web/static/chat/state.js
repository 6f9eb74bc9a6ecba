// What the server says of itself: ready or building, which parts it has.

import { get } from "./api.js";

export const features = { feedback: false };
export const server = { ready: false, error: null, progress: null };

/** Ask (``once``, or) until the server is ready or has failed; ``show`` is called with every state. */
export async function untilReady(show, once = false) {
  for (;;) {
    try {
      const state = await get("state");
      Object.assign(features, state.features);
      Object.assign(server, { ready: state.ready, error: state.error, progress: state.progress, offline: null });
    } catch (error) {
      Object.assign(server, { ready: false, error: null, offline: error.message });
    }
    show(server);
    if (once || server.ready || server.error) return server;
    await new Promise((next) => setTimeout(next, 400));
  }
}
