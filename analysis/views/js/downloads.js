// The selection as files, made in the browser: a table (CSV), and a calendar (iCalendar, RFC 5545).

const ENCODER = new TextEncoder();
const LINE_OCTETS = 75;

function saveFile(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// What a spreadsheet may pass over before it reads a cell: spaces, signs that do not show, quotation marks.
const PASSED_OVER = "[\\s\\p{Cc}\\p{Cf}\"'＂＇`´‘’“”„«»]*";
const FORMULA = new RegExp(`^(?:[\\t\\r\\n]|${PASSED_OVER}[=+\\-@＝＋－＠])`, "u");
const PLAIN_NUMBER = /^(?:[=+-]|[+-]?\d+(?:[.,]\d+)*(?:e[+-]?\d+)?%?)$/;

/** Spreadsheets run a cell that begins like this; a lone sign and a plain number are no formula. */
const isFormula = (text) => FORMULA.test(text) && !PLAIN_NUMBER.test(text);

/** A cell of a table. A mark goes before what a spreadsheet would run. */
function csvCell(value) {
  const text = String(value ?? ""), safe = isFormula(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The columns of words and of numbers, each a name and what it holds in a row; numbers stand as numbers. */
function tableColumns(engine) {
  const { data } = engine, columns = new Map(), place = data.place || {};
  const words = ({ values, lists }) => (row) => lists[row].map((code) => values[code]).filter((value) => value !== data.unknown).join("; ");
  for (const column of data.field || []) columns.set(column.name, words(column));
  for (const [name, numbers] of Object.entries(place)) columns.set(name, (row) => numbers[row]);
  for (const column of [...engine.dimensions.values(), ...engine.details.values()]) {
    if (column.name !== "outlet" && !(column.name in place)) columns.set(column.name, words(column));
  }
  for (const [name, numbers] of Object.entries(data.numbers || {})) columns.set(name, (row) => numbers[row]);
  return columns;
}

/**
 * Rows as a table: who published it and when, the dates, where the match stands in its article (in characters),
 * every dimension, detail and number, match and sentence. Of a sample, a last column says of how many rows it is one.
 */
function writeCsv(engine, rows) {
  const { data, sampled } = engine, columns = tableColumns(engine);
  const lines = [["article_id", "outlet", "headline", "published_earliest", "published_latest", "date_earliest",
    "date_latest", ...columns.keys(), "match", "sentence", ...(sampled ? ["sampled_from"] : [])]];
  for (const row of rows) {
    const article = data.articles[data.article[row]], sentence = data.sentences[data.sentence[row]];
    const days = [data.from[row], data.to[row]].map((day) => (day == null ? "" : isoDay(day)));
    lines.push([article.id, article.outlet, article.headline, article.earliest, article.latest, ...days,
      ...[...columns.values()].map((cell) => cell(row)),
      data.start[row] < 0 ? "" : sentence.slice(data.start[row], data.end[row]), sentence, ...(sampled ? [sampled.rows] : [])]);
  }
  // With the mark of byte order, spreadsheets read the file as UTF-8.
  return `\ufeff${lines.map((line) => `${line.map(csvCell).join(",")}\r\n`).join("")}`;
}

function calendarText(text) {
  return text.replace(/[^\P{Cc}\n]/gu, " ").replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
}

/** A line of a calendar, folded so that no part is longer than 75 octets. */
function foldLine(line) {
  const parts = [];
  let part = "", octets = 0;
  for (const character of line) {
    const size = ENCODER.encode(character).length;
    if (octets + size > LINE_OCTETS) {
      parts.push(part);
      part = " ";
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join("\r\n");
}

function groupTellings(engine, rows) {
  const events = new Map();
  for (const row of rows) {
    if (engine.data.from[row] == null) continue;
    const id = engine.valuesOf("event_id", row)[0] || `row-${row}`;
    if (!events.has(id)) events.set(id, []);
    events.get(id).push(row);
  }
  return events;
}

function describeTelling(engine, row) {
  const { data } = engine, article = data.articles[data.article[row]];
  const status = engine.valuesOf("status", row).join(", ");
  const details = toldDetails(engine, row).map(([label, values]) => `${label.toLowerCase()}: ${values.join(", ")}`);
  return `${article.outlet}, ${article.published}: “${data.sentences[data.sentence[row]].trim()}” `
    + `(${[status, dateWords(data.from[row], data.to[row]), ...details].filter(Boolean).join("; ")})`;
}

/** One entry: over the days that its tellings leave an event, and every telling in its words. */
function calendarEntry(engine, id, rows, stamp) {
  const { from, to } = engine.data, day = (number) => isoDay(number).replaceAll("-", "");
  const best = rows.reduce((a, b) => (to[b] - from[b] < to[a] - from[a] ? b : a)), days = engine.agreeDays(rows), when = dateWords(days.from, days.to);
  const every = (name) => [...new Set(rows.flatMap((row) => engine.valuesOf(name, row)))];
  const statuses = every("status"), instruments = every("instrument"), what = engine.valuesOf("what", best)[0] || "";
  const denials = rows.filter((row) => engine.isDenied(row)).length, denied = denials === rows.length;
  const sure = days.disputed ? `The tellings differ on the day: it lies somewhere within ${when}.`
    : days.carried ? `The day is not certain: ${days.carried}.` : days.from === days.to ? "The day is certain as far as the text says."
      : denied ? `It is told of ${when}.` : `It happened, or is to happen, some time within ${when}.`;
  const doubts = denied ? "The text denies it, or does not expect it." : denials ? `Denied in ${denials} of ${rows.length} tellings.` : "";
  const title = `${denied ? "Denied: " : ""}${[instruments.join(", "), shorten(what)].filter(Boolean).join(": ")}`;
  return [
    "BEGIN:VEVENT", `UID:${calendarText(id)}@framelines`, `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${day(days.from)}`, `DTEND;VALUE=DATE:${day(days.to + 1)}`,
    `SUMMARY:${calendarText(statuses.length ? `${title} (${statuses.join(" / ")})` : title)}`,
    `DESCRIPTION:${calendarText([doubts, sure, shorten(what) === what ? "" : what, ...rows.map((row) => describeTelling(engine, row))].filter(Boolean).join("\n\n"))}`,
    ...(instruments.length || statuses.length ? [`CATEGORIES:${[...instruments, ...statuses].map(calendarText).join(",")}`] : []),
    "TRANSP:TRANSPARENT", "END:VEVENT",
  ];
}

/** The dated events of some rows as a calendar; an event that several articles tell is one entry. */
function writeCalendar(engine, rows) {
  const stamp = `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const entries = [...groupTellings(engine, rows)].flatMap(([id, told]) => calendarEntry(engine, id, told, stamp));
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Framelines//Policy timeline//EN", "CALSCALE:GREGORIAN", ...entries, "END:VCALENDAR"];
  return lines.map((line) => `${foldLine(line)}\r\n`).join("");
}

/** How many events the rows date, and which rows tell of events that none of them dates: two passes. */
function countEvents(engine, rows) {
  const { from, unknown } = engine.data, column = engine.column("event_id"), none = column ? column.codeOf(unknown) ?? -1 : -1;
  const seen = new Uint8Array(column ? column.values.length : 0), left = [];
  let dated = 0, undated = 0;
  // A row without an event's id is an event of its own.
  const isNew = (row) => {
    const code = column ? column.first[row] : -1;
    if (code < 0 || code === none) return true;
    return seen[code] ? false : Boolean((seen[code] = 1));
  };
  for (const row of rows) if (from[row] != null && isNew(row)) dated++;
  const told = seen.slice();
  for (const row of rows) {
    if (from[row] != null || (column && told[column.first[row]])) continue;
    left.push(row);
    if (isNew(row)) undated++;
  }
  return { dated, undated, left };
}

/** Events that no telling dates, in words; empty where there are none. */
function undatedEvents(engine, { undated, left }) {
  return undated ? engine.undatedWords(`${undated} ${undated === 1 ? "event" : "events"}`, undated, left) : "";
}

function drawDownloads(engine, model, el, signal) {
  heading(el, model.get("title"), model.get("note"));
  // A file says by its name what it holds.
  const save = (kind, type, write) => {
    const rows = engine.pickedRows();
    const name = `framelines-${rows.length}-${engine.data.units.replace(/[^\p{L}\p{N}]+/gu, "-")}${engine.sampled ? "-sample" : ""}`;
    saveFile(`${name}.${kind}`, `text/${type};charset=utf-8`, write(engine, rows));
  };
  const table = make("button", { type: "button", class: "fl-download", "data-key": "csv", onclick: () => save("csv", "csv", writeCsv) });
  const calendar = make("button", { type: "button", class: "fl-download", "data-key": "ics", onclick: () => save("ics", "calendar", writeCalendar) });
  const which = make("p", { class: "fl-note", "aria-live": "polite" });
  const withCalendar = engine.column("event_id") != null;
  const copy = copySelection(engine);
  el.append(make("p", { class: "fl-downloads" }, table, withCalendar ? calendar : null, copy.button), which, ...copy.rest);
  engine.watch(() => {
    const rows = engine.pickedRows(), counted = withCalendar ? countEvents(engine, rows) : { dated: 0 }, events = counted.dated;
    const undated = withCalendar ? undatedEvents(engine, counted) : "";
    table.textContent = `Download ${engine.countUnits(rows.length)} as a table (.csv)`;
    table.disabled = !rows.length;
    calendar.textContent = `Download ${events} dated ${events === 1 ? "event" : "events"} as a calendar (.ics)`;
    calendar.disabled = !events;
    const words = engine.selectionWords(), said = engine.sampled ? `${engine.sampleWords(rows)}${words ? `: ${words}` : ""}` : engine.statement(rows);
    saySampled(engine, el, null);
    which.textContent = `What is saved: ${said}${undated ? `; ${undated} cannot stand in a calendar` : ""}.`;
  }, signal);
}
