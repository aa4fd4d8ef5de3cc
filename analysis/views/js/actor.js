// One actor: who it is, how the articles name them, and all that is attributed to them in order of date.

const MOST_SAID = 25;
const REPORTED = "reported speech";

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function saidItem(engine, row) {
  const { data } = engine, article = data.articles[data.article[row]], [start, end] = data.place[row];
  const value = (name) => {
    const dimension = engine.dimensions.get(name), found = dimension.values[dimension.lists[row][0]];
    return found === data.unknown ? "" : found;
  };
  const said = value("said"), reported = said === REPORTED, text = data.sentences[data.sentence[row]];
  const marked = () => markedPassages(text, data.marks[row]);
  const tags = ["speaker_text", "role", "cue"].map((name) => labelTag(engine.dimensions.get(name).label, value(name)));
  return make("li", { class: `fl-evidence ${reported ? "fl-reported" : "fl-quoted"}` },
    make("p", { class: "fl-source" }, make("span", { class: "fl-said" }, symbol(reported ? 1 : 0), capital(said)),
      ` ${article.published} · `, make("strong", {}, article.outlet),
      article.headline ? make("span", { class: "fl-headline" }, article.headline) : ""),
    make("blockquote", {}, ...marked()),
    make("p", { class: "fl-tags" }, ...tags, labelTag("Article", `${article.id}, characters ${start}–${end}`),
      labelTag("Cut", data.cut[row] ? `${data.cut[row]} more characters stand in the article` : "")),
    sentencesAround(data, row, marked));
}

function actorProfile(actor) {
  const times = ([words, count]) => (count ? `${words} × ${count}` : words);
  const more = (number) => (number ? [`and ${number} more`] : []);
  const facts = [
    ["Roles, by quotations", [...actor.roles.map(times), ...more(actor.more_roles)]], ["Party", [...actor.parties, ...more(actor.more_parties)]],
    [actor.resolved ? "Names, by mentions" : "Named as", [...actor.aliases.map(times), ...more(actor.more_aliases)]],
  ];
  const note = actor.resolved ? "" : "Not resolved to an actor: grouped by the words that name the speaker, which may mean different people in two articles.";
  return [
    make("p", { class: "fl-actor-name" }, make("strong", {}, actor.name), actor.kind ? make("span", {}, ` ${actor.kind}`) : ""),
    make("dl", { class: "fl-facts" }, ...facts.flatMap(([name, values]) => [make("dt", {}, name),
      make("dd", {}, ...(values.length ? values.map((words) => make("span", {}, words)) : ["not stated"]))])),
    note ? make("p", { class: "fl-note" }, note) : null,
  ].filter(Boolean);
}

function actorOptions(actors) {
  const names = actors.map((actor) => actor.name), alike = (name) => names.indexOf(name) !== names.lastIndexOf(name);
  const group = (label, list) => (list.length ? [make("optgroup", { label }, ...list.map((actor) => make("option", { value: actor.id },
    `${actor.name}${alike(actor.name) ? `, ${actor.roles[0]?.[0] || actor.id}` : ""} (${actor.quotations} quoted, ${actor.reported} reported)`)))] : []);
  return [...group("Actors", actors.filter((actor) => actor.resolved)), ...group("Not resolved to an actor", actors.filter((actor) => !actor.resolved))];
}

function drawActor(engine, model, el, signal) {
  heading(el, model.get("title"), engine.data.actors.length ? model.get("note") : "");
  const { actors } = engine.data;
  if (!actors.length) {
    el.append(make("p", { class: "fl-empty" }, engine.data.empty));
    return;
  }
  const texts = actors.map((actor) => fold([actor.name, ...actor.aliases, ...actor.roles, ...actor.parties].flat().join(" ")));
  const pick = make("select", { "aria-label": "Actor" }), find = make("input", { type: "search" });
  const none = make("p", { class: "fl-note", role: "status" });
  const profile = make("div", { class: "fl-actor" });
  const said = make("output", { class: "fl-statement", "aria-live": "polite" }), left = make("p", { class: "fl-note" });
  const list = make("ol", { class: "fl-sentences", tabindex: 0 }), more = make("button", { type: "button", class: "fl-more" });
  el.append(make("div", { class: "fl-controls" },
    make("label", { class: "fl-field fl-search" }, make("span", {}, "Find a name, role or party"), find),
    make("label", { class: "fl-field fl-pick" }, make("span", {}, "Actor"), pick)), none, profile, said, left, list, more);
  let limit = MOST_SAID;
  const current = () => actors.find((actor) => actor.id === model.get("actor")) || actors[0];
  const draw = () => {
    const actor = current(), last = Math.min(actor.end, actor.first + limit), rows = [];
    for (let row = actor.first; row < last; row++) rows.push(row);
    if (![...pick.options].some((option) => option.value === actor.id)) pick.replaceChildren(...actorOptions(actors));
    pick.value = actor.id;
    said.textContent = `${actor.name}: ${actor.statement}`;
    left.textContent = actor.left_out;
    profile.replaceChildren(...actorProfile(actor));
    list.setAttribute("aria-label", `Attributed to ${actor.name}, in order of date`);
    list.replaceChildren(...(rows.length ? rows.map((row) => saidItem(engine, row))
      : [make("li", { class: "fl-none" }, `${actor.name} is named in the articles, but nothing that was said is attributed to this actor.`)]));
    more.hidden = last >= actor.end;
    more.textContent = `Show ${Math.min(MOST_SAID, actor.end - last)} more of ${actor.end - last}`;
  };
  const start = () => { limit = MOST_SAID; draw(); list.scrollTop = 0; };
  const choose = (id) => { model.set("actor", id); model.save_changes(); };
  pick.addEventListener("change", () => choose(pick.value));
  find.addEventListener("input", () => {
    const wanted = fold(find.value.trim()), found = actors.filter((actor, at) => texts[at].includes(wanted));
    none.textContent = found.length ? "" : `None of ${actors.length} speakers has “${find.value.trim()}” in a name, role or party.`;
    if (!found.length) return;
    pick.replaceChildren(...actorOptions(found));
    if (found.includes(current())) pick.value = current().id;
    else choose(found[0].id);
  });
  more.addEventListener("click", () => { limit += MOST_SAID; draw(); });
  model.on("change:actor", start);
  signal?.addEventListener("abort", () => model.off("change:actor", start));
  pick.replaceChildren(...actorOptions(actors));
  draw();
}
