// Adds the closing time in the reader's time zone. Without this script only the posting's time zone is shown.
const DAY = { weekday: "short", day: "numeric", month: "short" };

// The end of a day is shown as 24:00 of that day, as elsewhere on the page.
function formatMoment(moment, language) {
  const isMidnight = moment.getHours() === 0 && moment.getMinutes() === 0;
  const shown = isMidnight ? new Date(moment.getTime() - 1) : moment;
  const day = new Intl.DateTimeFormat(language, DAY).format(shown);
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${day}, ${isMidnight ? "24:00" : time.format(moment)}`;
}

for (const element of document.querySelectorAll("time[data-local-time]")) {
  const line = document.getElementById(element.dataset.localTime);
  const moment = new Date(element.dateTime);
  if (line && !Number.isNaN(moment.getTime())) {
    line.textContent = `In your time: ${formatMoment(moment, "en-GB")}`;
  }
}
