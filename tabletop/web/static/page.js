"use strict";
// Keeps a page at what is so now. Without it the page works too, by looking again.
(() => {
  const body = document.body;
  const line = document.getElementById("line");
  const SILENCE = 15000;
  let source = null;
  let heard = Date.now();
  const say = (text) => { if (line && line.textContent !== text) line.textContent = text; };
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

  // A part somebody is writing in is left alone until they have sent it or left it.
  const busy = (part) => {
    const focused = document.activeElement;
    if (!part.contains(focused)) return false;
    return focused.matches("textarea, input:not([type=radio]):not([type=checkbox])") && focused.value !== focused.defaultValue;
  };
  const waiting = new Map();
  const put = (id, html) => {
    const part = document.getElementById(id);
    if (!part) return;
    if (busy(part)) { waiting.set(id, html); return; }
    waiting.delete(id);
    const kept = document.activeElement && part.contains(document.activeElement) ? document.activeElement.id : "";
    const open = Array.from(part.querySelectorAll("details[open] > summary"), (each) => each.textContent);
    // The server's own templates, escaped there; nothing a person wrote is markup in it.
    part.innerHTML = html;
    for (const each of part.querySelectorAll("details > summary")) if (open.includes(each.textContent)) each.parentNode.open = true;
    if (kept) { const again = document.getElementById(kept); if (again) again.focus({ preventScroll: true }); }
  };
  document.addEventListener("focusout", () => setTimeout(() => { for (const [id, html] of [...waiting]) put(id, html); }, 0));

  const told = () => { heard = Date.now(); say(""); };
  const begin = () => {
    if (source) source.close();
    heard = Date.now();
    source = new EventSource(body.dataset.events + "?" + new URLSearchParams({ after: last(), phase: body.dataset.phase, debrief: body.dataset.debrief }));
    source.addEventListener("alive", told);
    source.addEventListener("reload", () => location.reload());
    source.addEventListener("over", () => { source.close(); say(body.dataset.phase === "left" ? "" : "The session is closed."); });
    source.addEventListener("regions", (event) => {
      told();
      const given = JSON.parse(event.data);
      for (const id of Object.keys(given.regions)) put(id, given.regions[id]);
    });
    source.addEventListener("story", (event) => { told(); put("story", JSON.parse(event.data).html); seen(); });
    source.addEventListener("passages", (event) => {
      told();
      const given = JSON.parse(event.data);
      branch = given.branch;
      const list = document.getElementById("passages");
      if (!list) return;
      const made = document.createElement("template");
      made.innerHTML = given.html;
      for (const each of made.content.querySelectorAll("li")) if (each.value > last()) list.append(each);
      seen();
    });
    source.onerror = () => say("Connection lost. Trying again.");
  };
  let branch = Number(body.dataset.branch || 0);
  const last = () => {
    const every = document.querySelectorAll("#story li.passage");
    return every.length ? Math.max(...Array.from(every, (each) => each.value)) : 0;
  };
  // The watchdog: a line may look open and be dead.
  setInterval(() => { if (Date.now() - heard > SILENCE) { say("Connection lost. Trying again."); begin(); } }, 3000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - heard > SILENCE / 2) begin(); });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.do) return;
    event.preventDefault();
    const out = form.querySelector(".told");
    const button = form.querySelector("button");
    if (button) button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { accept: "application/json" } });
      const given = await answer.json();
      if (given.accepted) {
        for (const each of form.querySelectorAll("textarea, input:not([type=hidden]):not([type=radio]):not([type=checkbox])")) { each.defaultValue = each.value; if (form.dataset.do === "say" || form.dataset.do === "advise") each.value = each.defaultValue = ""; }
        const key = form.querySelector("input[name=key]");
        if (key) key.value = fresh();
        if (out) { out.hidden = form.dataset.do !== "reflect"; out.textContent = form.dataset.do === "reflect" ? "Kept." : ""; }
        for (const [id, html] of [...waiting]) put(id, html);
      } else if (out) { out.hidden = false; out.textContent = given.sentence; }
    } catch {
      if (out) { out.hidden = false; out.textContent = "That did not reach the facilitator's computer. Nothing is lost; try again."; }
    } finally { if (button) button.disabled = false; }
  });

  // Says how far one has read, once the end of the story has been on the screen.
  let acknowledged = 0;
  const eye = "IntersectionObserver" in window ? new IntersectionObserver((entries) => {
    for (const each of entries) if (each.isIntersecting && each.target.value > acknowledged && body.dataset.read) {
      acknowledged = each.target.value;
      fetch(body.dataset.read, { method: "POST", body: new URLSearchParams({ do: "acknowledge", passages: String(acknowledged), key: "" }), headers: { accept: "application/json" } }).catch(() => {});
    }
  }, { threshold: 0.6 }) : null;
  const seen = () => {
    if (!eye) return;
    eye.disconnect();
    const every = document.querySelectorAll("#story li.passage");
    if (every.length) eye.observe(every[every.length - 1]);
  };
  begin();
  seen();
})();
