// What a page does beyond being read: times in the reader's zone, news without a reload, words over a day's bar.
// Without it nothing is missing. It asks its own host alone, keeps nothing, and follows the page's policy: no inline
// style, no markup from strings.
"use strict";
{
    const EVERY_MS = 15_000;
    const TICK_MS = 5_000;
    const OLD_MS = 10 * 60_000;
    const DAY_MS = 86_400_000;
    const RELATIVE_MS = 3_600_000;
    const wanted = document.documentElement.lang || "en";
    const language = navigator.languages.find((name) => name.split("-")[0] === wanted) ?? wanted;
    const live = document.body.dataset.live;
    const words = JSON.parse(document.body.dataset.words || "{}");
    const full = new Intl.DateTimeFormat(language, {
        day: "numeric",
        month: "short",
        year: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        timeZoneName: "short",
    });
    const days = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
    const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
    const seen = { number: 0, status: null, html: 0 };
    let ahead = 0; // of the host's clock, in milliseconds: a reader's may be wrong

    const one = (selector, within = document) => within.querySelector(selector);
    const all = (selector, within = document) => [...within.querySelectorAll(selector)];
    const now = () => Date.now() - ahead;

    function tellTimes(within = document) {
        for (const time of all('time[datetime*="T"]:not([title])', within)) {
            time.title = time.textContent;
            const { until } = time.dataset;
            const from = new Date(time.dateTime);
            time.textContent = until ? full.formatRange(from, new Date(until)) : full.format(from);
        }
    }

    function tellAge(time) {
        if (!time) return;
        const age = now() - Date.parse(time.dateTime);
        if (Math.abs(age) >= RELATIVE_MS) time.textContent = full.format(new Date(time.dateTime));
        else if (age >= 60_000) time.textContent = ago.format(-Math.floor(age / 60_000), "minute");
        else time.textContent = ago.format(-Math.max(0, Math.floor(age / 1000)), "second");
    }

    function tick() {
        const asOf = one("[data-as-of]");
        tellAge(asOf);
        all("[data-last-check], [data-checked]").forEach(tellAge);
        const old = one("[data-old]");
        if (asOf && old) old.hidden = now() - Date.parse(asOf.dateTime) < OLD_MS;
    }

    function setTime(time, text) {
        if (!time || !text || Date.parse(text) <= Date.parse(time.dateTime)) return;
        time.dateTime = text;
        time.title = full.format(new Date(text));
    }

    // Whether it looked otherwise before.
    function setState(element, status, text) {
        const look = `s-${status}`;
        if (element.classList.contains(look)) return false;
        element.classList.remove(...[...element.classList].filter((name) => name.startsWith("s-")));
        element.classList.add(look);
        one("use", element).setAttribute("href", `#i-${status}`);
        one("h1, span", element).textContent = text;
        return true;
    }

    // What status.json says, put into the page at once; answers whether that was news.
    function apply(status) {
        setTime(one("[data-as-of]"), status.as_of);
        const checked = status.components.map((part) => part.checks?.last_at).filter(Boolean).sort();
        setTime(one("[data-last-check]"), checked.at(-1));
        const headline = words[`headline.${status.indicator}`];
        let isNews = setState(one("[data-headline]"), words[`look.${status.indicator}`], headline);
        if (isNews) one("[data-said]").textContent = headline;
        for (const part of status.components) {
            const shown = one(`[data-component="${CSS.escape(part.id)}"]`);
            if (!shown) continue;
            const isOther = setState(one(".name .state", shown), part.status, words[`status.${part.status}`]);
            isNews = isOther || isNews;
            setTime(one("[data-checked]", shown), part.checks?.last_at);
        }
        tick();
        return isNews;
    }

    const placeOf = (element) => {
        const around = element.closest("[data-component]")?.dataset.component ?? element.closest("[id]")?.id;
        return [element.tagName, around, element.getAttribute("href")].join(" ");
    };

    // The newest page in place of this one, with the same parts open and the same link in focus.
    async function replace() {
        const answer = await fetch(location.pathname, { cache: "no-cache", credentials: "omit" });
        if (!answer.ok) return;
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        const made = Date.parse(one("[data-as-of]", fresh)?.dateTime);
        if (!(made > seen.html)) return;
        const main = one("main");
        const open = new Set(all("details[open] > summary", main).map(placeOf));
        const closed = new Set(all("details:not([open]) > summary", main).map(placeOf));
        const focused = main.contains(document.activeElement) && document.activeElement !== main;
        const place = focused ? placeOf(document.activeElement) : null;
        const said = one("[data-said]");
        const told = new Set(all(".report", main).map((report) => report.id));
        const next = one("main", fresh);
        one("[data-said]", next).replaceWith(said);
        main.replaceChildren(...next.childNodes);
        for (const summary of all("details > summary", main)) {
            if (open.has(placeOf(summary))) summary.parentElement.open = true;
            else if (closed.has(placeOf(summary))) summary.parentElement.open = false;
        }
        if (place) all("a, summary", main).find((element) => placeOf(element) === place)?.focus();
        const news = all(".report", main).filter((report) => !told.has(report.id));
        const titles = news.map((report) => one("h3", report).textContent);
        if (titles.length) said.textContent = [fresh.title, ...titles].join(". ");
        document.title = fresh.title;
        one('link[rel="icon"]').href = one('link[rel="icon"]', fresh).href;
        document.body.dataset.updated = fresh.body.dataset.updated;
        seen.html = made;
        tellTimes(main);
        watchBars(main);
        apply(seen.status);
    }

    async function refresh() {
        if (document.hidden) return;
        try {
            const answer = await fetch(live, { cache: "no-cache", credentials: "omit" });
            if (!answer.ok) return;
            const date = Date.parse(answer.headers.get("date"));
            if (date) ahead = Date.now() - date - 1000 * Number(answer.headers.get("age") ?? 0);
            const status = await answer.json();
            if (status.number < seen.number || Date.parse(status.as_of) < seen.html) return;
            seen.number = status.number;
            seen.status = status;
            const isNews = apply(status);
            if (isNews || Date.parse(status.updated_at) > Date.parse(document.body.dataset.updated)) await replace();
        } catch {
            tick(); // out of reach: the page stays as it is, and says how old it is
        }
    }

    // What is drawn on a day, read back from the strokes: the list below may be cut.
    function stateOf(bars, place) {
        for (const path of all("path", bars))
            for (const [, from, length] of path.getAttribute("d").matchAll(/M(\d+) \.5h(\d+)/g))
                if (place >= Number(from) && place < Number(from) + Number(length)) return path.classList[0].slice(2);
        return "unknown";
    }

    function wordsOf(bars, place) {
        const day = new Date(Date.parse(bars.dataset.last) - (89 - place) * DAY_MS);
        const text = day.toISOString().slice(0, 10);
        const run = all(".days li", bars.parentElement).find((li) => li.dataset.from <= text && text <= li.dataset.to);
        const state = words[`status.${stateOf(bars, place)}`];
        const details = run?.lastElementChild.textContent.trim();
        return [days.format(day), details ? `${state}: ${details}` : state];
    }

    function showTip(bars, event) {
        const picture = one("svg", bars).getBoundingClientRect();
        const place = Math.floor(((event.clientX - picture.left) / picture.width) * 89.7);
        if (place < 0 || place > 89) return;
        const parent = bars.parentElement;
        const tip = one(".tip", parent) ?? parent.appendChild(document.createElement("div"));
        tip.className = "tip";
        tip.setAttribute("aria-hidden", "true"); // the same is in the list of days
        const [day, text] = wordsOf(bars, place);
        const strong = document.createElement("b");
        strong.textContent = day;
        tip.replaceChildren(strong, text);
        const middle = picture.left + ((place + 0.35) / 89.7) * picture.width - parent.getBoundingClientRect().left;
        const left = Math.max(0, Math.min(middle - tip.offsetWidth / 2, parent.clientWidth - tip.offsetWidth));
        tip.style.left = `${left}px`;
        tip.style.top = `${bars.offsetTop - tip.offsetHeight}px`;
    }

    const hideTips = () => all(".tip").forEach((tip) => tip.remove());

    function watchBars(within) {
        for (const bars of all(".component > .bars", within)) {
            bars.addEventListener("pointermove", (event) => showTip(bars, event));
            bars.addEventListener("pointerdown", (event) => showTip(bars, event));
            bars.parentElement.addEventListener("pointerleave", hideTips);
        }
    }

    tellTimes();
    watchBars(document);
    addEventListener("keydown", (event) => event.key === "Escape" && hideTips());
    const zone = one(".zone[data-zone]");
    if (zone) zone.textContent = `${zone.dataset.zone} ${full.resolvedOptions().timeZone}.`;
    if (live && one("[data-as-of]")) {
        seen.html = Date.parse(one("[data-as-of]").dateTime);
        tick();
        refresh();
        setInterval(tick, TICK_MS);
        setInterval(refresh, EVERY_MS);
        document.addEventListener("visibilitychange", refresh);
    }
}
