"use strict";
// Keeps a page at what is so now. Without it the page works too, by looking again.
(() => {
  const body = document.body;
  const by = (id) => document.getElementById(id);
  const line = by("line");
  const SILENCE = 15000;
  document.documentElement.classList.add("scripted");
  if (!body.dataset.events) return;

  // What a form carries along for a page without a script is in no part the server sends anew; left
  // in place it would make every form another one, and what is being written in it would go.
  for (const extra of document.querySelectorAll("form[data-do] input[name=after], form[data-do] input[name=table]")) extra.remove();

  // What somebody has written and not sent outlives a reload, in this tab alone.
  const here = location.pathname + "#";
  const remembered = (name) => { try { return JSON.parse(sessionStorage.getItem(here + name)); } catch { return null; } };
  const remember = (name, value) => {
    try { value ? sessionStorage.setItem(here + name, JSON.stringify(value)) : sessionStorage.removeItem(here + name); } catch { /* Then it lives as long as the page. */ }
  };
  const changed = (field) => field.matches("[type=hidden]") ? false
    : field.matches("[type=radio], [type=checkbox]") ? field.checked !== field.defaultChecked
    : field.matches("select") ? field.selectedIndex > 0 : field.value !== field.defaultValue;
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || !form.dataset.do) return;
    delete form.dataset.sent;
    told(form, "");
    const dirty = [...form.elements].filter((field) => field.name && changed(field));
    remember("draft " + form.id, dirty.length ? dirty.map((field) => [field.id, field.value, field.checked === true]) : null);
  });
  for (const form of document.forms) for (const [id, value, checked] of remembered("draft " + form.id) || []) {
    const field = by(id);
    if (!field || field.form !== form) continue;
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = checked; else field.value = value;
    for (let up = form.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
  }

  // Makes a part what the server says. Elements that are in both stay the same elements, and with
  // them what somebody is writing, where they are, and what they have unfolded. Nothing a person
  // wrote is markup in it: it comes from the server's own templates, escaped there.
  const become = (part, html) => {
    const made = document.createElement("template");
    made.innerHTML = html;
    children(part, made.content);
    for (const form of part.querySelectorAll("form[data-sent]")) { form.reset(); delete form.dataset.sent; }
  };
  const children = (part, made) => {
    const ids = new Set(Array.from(made.children, (each) => each.id).filter(Boolean));
    let at = part.firstChild;
    const drop = () => { const gone = at; at = at.nextSibling; rescue(gone); gone.remove(); };
    for (const fresh of [...made.childNodes]) {
      const known = fresh.id ? Array.from(part.children).find((each) => each.id === fresh.id) : at;
      if (fresh.id && known) while (at && at !== known && !ids.has(at.id)) drop();
      if (known && known.nodeName === fresh.nodeName && (known.id || "") === (fresh.id || "")) {
        if (known === at) at = at.nextSibling; else part.insertBefore(known, at);
        same(known, fresh);
      } else part.insertBefore(fresh, at);
    }
    while (at) drop();
  };
  const same = (known, fresh) => {
    if (known.nodeType !== Node.ELEMENT_NODE) { if (known.data !== fresh.data) known.data = fresh.data; return; }
    if (known.dataset.own || known.isEqualNode(fresh)) return;
    const keeps = (name) => name === "open" || (name === "value" && known.name === "key");
    for (const { name } of [...known.attributes]) if (!fresh.hasAttribute(name) && !keeps(name) && !name.startsWith("data-sen")) known.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (known.getAttribute(name) !== value && !keeps(name)) known.setAttribute(name, value);
    if (known.matches("textarea")) known.defaultValue = fresh.defaultValue; else children(known, fresh);
  };
  // What was being written in a part that goes is shown, so that nobody's words are lost.
  const rescue = (part) => {
    if (part.nodeType !== Node.ELEMENT_NODE || !by("kept")) return;
    for (const field of part.querySelectorAll("textarea")) {
      if (!field.value.trim() || !changed(field) || field.form.dataset.sending || field.form.dataset.sent) continue;
      keep(line.dataset.kept, field);
    }
  };
  const keep = (why, field) => {
    const note = document.createElement("p"), words = document.createElement("q");
    note.className = "notice";
    words.textContent = field.value;
    note.append(why + " ", words);
    by("kept").append(note);
    remember("draft " + field.form.id, null);
  };

  // The line to the server.
  let source = null, heard = 0, lost = 0;
  const say = (text) => { if (line.textContent !== text) line.textContent = text; line.classList.toggle("lost", lost > 0); };
  const reached = () => { heard = Date.now(); lost = 0; say(line.dataset.connected); };
  const missing = () => {
    lost = lost || Date.now();
    say(line.dataset.lost.replace("#", new Date(lost).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })));
  };
  const last = () => Array.from(document.querySelectorAll("#story li.passage"), number).reduce((a, b) => Math.max(a, b), 0);
  const number = (passage) => Number(passage.id.slice(2));
  let branch = body.dataset.branch || "0";
  const begin = () => {
    if (source) source.close();
    heard = Date.now();
    const list = by("passages");
    const shown = { after: last(), branch, scene: list ? list.dataset.scene : "", phase: body.dataset.phase, debrief: body.dataset.debrief || "false", table: body.dataset.table || "", over: body.dataset.over || "false" };
    source = new EventSource(body.dataset.events + "?" + new URLSearchParams(shown));
    const on = (kind, does) => source.addEventListener(kind, (event) => { reached(); does(event.data ? JSON.parse(event.data) : null); });
    on("open", () => {});
    on("alive", () => {});
    on("reload", () => location.reload());
    on("over", () => {
      source.close();
      source = null;
      say(line.dataset.closed);
      for (const button of document.querySelectorAll("form button")) button.disabled = true;
    });
    on("regions", ({ regions }) => { for (const [id, html] of Object.entries(regions)) if (by(id)) become(by(id), html); started = Date.now(); tick(); });
    on("story", ({ html, branch: now }) => { branch = String(now); become(by("story"), html); read(); });
    on("passages", ({ html, scene }) => { add(html, scene); read(); });
    source.onerror = missing;
  };
  // A line may look open and be dead.
  setInterval(() => { if (source && Date.now() - heard > SILENCE) { missing(); begin(); } }, 3000);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    document.title = title;
    if (source && Date.now() - heard > SILENCE / 2) begin();
  });

  // The story: what is new says so, until what comes after it; a scene that is over folds away.
  const title = document.title;
  const add = (html, scene) => {
    const list = by("passages"), earlier = by("earlier-passages"), made = document.createElement("template");
    made.innerHTML = html;
    for (const tag of list.querySelectorAll("li.new")) if (number(tag) <= seen) { tag.classList.remove("new"); tag.querySelector(".tag").remove(); }
    if (scene !== list.dataset.scene) {
      earlier.append(...list.children);
      list.dataset.scene = scene;
      by("earlier").hidden = !earlier.children.length;
      by("earlier-count").textContent = earlier.children.length;
    }
    const known = last();
    list.append(...Array.from(made.content.children).filter((passage) => number(passage) > known));
    if (document.hidden) document.title = line.dataset.news.split("|")[0] + " · " + title;
  };
  let seen = 0, posted = 0;
  const ends = new IntersectionObserver((entries) => {
    for (const each of entries) if (each.isIntersecting) seen = Math.max(seen, number(each.target.closest("li")));
    news();
    if (seen <= posted || !body.dataset.read) return;
    posted = seen;
    fetch(body.dataset.read, { method: "POST", body: new URLSearchParams({ do: "acknowledge", passages: String(seen) }), headers: { accept: "application/json" } }).catch(() => { posted = 0; });
  }, { rootMargin: "0px 0px -72px 0px" });
  const read = () => {
    ends.disconnect();
    for (const passage of document.querySelectorAll("#story li.passage")) if (number(passage) > seen) ends.observe(passage.lastElementChild || passage);
    news();
  };
  // How many passages came that one has not got to, and the way there.
  const news = () => {
    const unread = Array.from(document.querySelectorAll("#passages li.new")).filter((passage) => number(passage) > seen);
    const place = by("news"), [one, many] = line.dataset.news.split("|");
    const text = !unread.length ? "" : unread.length === 1 ? one : many.replace("#", unread.length);
    if (!place || place.textContent === text) return;
    place.replaceChildren();
    if (!text) return;
    const way = document.createElement("a");
    way.href = "#" + unread[0].id;
    way.textContent = text;
    place.append(way);
  };

  // The facilitator's timer, counted from when it was last told.
  let started = Date.now();
  const tick = () => {
    const left = by("left");
    if (!left || left.dataset.stands === "true") return;
    const now = left.dataset.left - (Date.now() - started);
    const text = now <= 0 ? left.dataset.over : now < 60000 ? left.dataset.soon : left.dataset.minutes.replace("#", Math.ceil(now / 60000));
    if (left.textContent !== text) left.textContent = text;
  };
  setInterval(tick, 5000);

  // Sending. The same words are sent with the same key until they were answered, so that what is
  // pressed twice, or again after the line broke, counts once.
  const told = (form, text, kind = "told") => {
    const place = form.querySelector("p.told, p.problem");
    if (!place) return;
    place.className = kind;
    place.setAttribute("role", kind === "problem" ? "alert" : "status");
    place.textContent = text;
    if (text) place.dataset.own = "yes"; else delete place.dataset.own;
  };
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (each) => each.toString(16).padStart(2, "0")).join("");
  const EMPTIED = ["say", "advise", "observe", "give_feedback", "improve", "sign"], STAYS = ["reflect", "note"];
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.do) {
      // Its answer would be a page that can't be reached, in place of this one, which waits.
      if (lost) event.preventDefault();
      return;
    }
    event.preventDefault();
    const button = form.querySelector("button[type=submit]"), fields = new URLSearchParams(new FormData(form));
    if (button.disabled) return;
    fields.delete("key");
    if (body.dataset.table) fields.set("table", body.dataset.table);
    const sent = fields.toString(), before = remembered("sent " + form.id);
    const key = before && before.sent === sent ? before.key : fresh();
    remember("sent " + form.id, { sent, key });
    fields.set("key", key);
    button.disabled = true;
    form.dataset.sending = "yes";
    told(form, "");
    const fold = form.closest("details");
    const failed = (why) => {
      told(form, why, "problem");
      if (!form.isConnected) for (const field of form.querySelectorAll("textarea")) if (field.value.trim()) keep(why, field);
    };
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, headers: { accept: "application/json" }, signal: AbortSignal.timeout(SILENCE) });
      const { accepted, sentence } = await answer.json();
      remember("sent " + form.id, null);
      if (accepted) done(form, sentence, fold); else failed(sentence);
    } catch {
      failed(line.dataset.unsent);
    } finally { button.disabled = false; delete form.dataset.sending; }
  });
  // A form may have gone by the time it is answered, and what it was folded into not.
  const done = (form, sentence, fold) => {
    remember("draft " + form.id, null);
    const kind = form.dataset.do;
    if (EMPTIED.includes(kind)) form.reset();
    else if (STAYS.includes(kind)) for (const field of form.querySelectorAll("textarea")) field.defaultValue = field.value;
    else {
      form.dataset.sent = "yes";
      if (fold) fold.open = false;
    }
    told(form, sentence);
    // Where the line is down, what became of it is seen by looking again.
    if (lost) location.reload();
  };

  begin();
  read();
  tick();
})();
