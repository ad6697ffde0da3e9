// Says a moment in the reader's own time zone as well. Without this file the zone of the posting stands there alone.
const DAY = { weekday: "short", day: "numeric", month: "short" };

// The end of a day is 24:00 of that day, as elsewhere on the page, not 00:00 of the next.
function inWords(moment, language) {
  const isMidnight = moment.getHours() === 0 && moment.getMinutes() === 0;
  const shown = isMidnight ? new Date(moment.getTime() - 1) : moment;
  const day = new Intl.DateTimeFormat(language, DAY).format(shown);
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${day}, ${isMidnight ? "24:00" : time.format(moment)}`;
}

for (const element of document.querySelectorAll("time[data-own-time]")) {
  const line = document.getElementById(element.dataset.ownTime);
  const moment = new Date(element.dateTime);
  if (line && !Number.isNaN(moment.getTime())) {
    line.textContent = `In your time: ${inWords(moment, "en-GB")}`;
  }
}
