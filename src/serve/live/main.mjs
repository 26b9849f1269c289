// Keeps an open page what its sources are: asks for news, brings the page up to date, says what is wrong.
import { Page } from "./page.mjs";
import { Panel } from "./panel.mjs";
import { keep, restore } from "./place.mjs";

const EVENTS = "/.rutter/events";

// Before any script of the theme: what they find is what the server has sent.
const page = new Page(document.currentScript);
const panel = new Panel();
let events;
let wanted = page.generation;
let isBusy = false;

const reload = () => {
  keep();
  location.reload();
};

const bring = async () => {
  const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
  const text = await answer.text();
  panel.say(answer.status === 404 && page.status !== "404" ? "This page is not in the site any more." : "");
  // The last good page stays; what is wrong with this one is among the news.
  if (!answer.ok && answer.status !== Number(page.status)) return;
  if (!page.update(text)) reload();
};

// One at a time, and once more if something came in between.
const follow = async () => {
  if (isBusy) return;
  isBusy = true;
  try {
    while (page.generation < wanted) {
      const next = wanted;
      await bring();
      page.generation = Math.max(page.generation, next);
    }
  } catch {
    panel.lose();
  } finally {
    isBusy = false;
  }
};

const hear = ({ data }) => {
  const news = JSON.parse(data);
  // A server that was started anew counts from one.
  if (news.generation < page.generation) reload();
  panel.show(news);
  wanted = news.generation;
  follow();
};

// A browser has few connections to one server: pages that nobody sees let go of theirs.
const listen = () => {
  events?.close();
  events = undefined;
  if (document.visibilityState === "hidden") return;
  events = new EventSource(EVENTS);
  events.onmessage = hear;
  events.onerror = () => panel.lose();
};

document.addEventListener("visibilitychange", listen);
document.addEventListener("DOMContentLoaded", restore);
addEventListener("pagehide", () => events?.close());
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) listen();
});
listen();
