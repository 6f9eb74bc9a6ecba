// The way into Gradio: one JSON command in a hidden box, one hidden button; answers come back as messages.

const ready = (async () => {
  for (;;) {
    const box = document.querySelector("#lq-command textarea, #lq-command input");
    const send = document.querySelector("button#lq-send, #lq-send button");
    if (box && send) return { box, send };
    await new Promise((next) => setTimeout(next, 30));
  }
})();

export async function command(value) {
  const { box, send } = await ready;
  box.value = JSON.stringify(value);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  // Svelte takes the value over in the next task
  await new Promise((next) => setTimeout(next, 0));
  send.click();
}

export const mounted = () => ready;
export const cancel = () => document.querySelector("button#lq-stop, #lq-stop button")?.click();
