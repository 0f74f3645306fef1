// How much was done in the last moments: commands answered here, and events that supervision has heard.
const tickMs = 100;
const keptMs = 60_000;

export function startMeter(house) {
  const totals = { answered: 0, heard: 0 };
  const ticks = [];
  const url = `http://127.0.0.1:${house.portOf('supervision-1')}/api/supervision/metrics`;
  let asking = false;
  const timer = setInterval(() => {
    ticks.push({ at: performance.now(), ...totals });
    if (ticks.length > keptMs / tickMs) ticks.shift();
    if (!asking) void ask();
  }, tickMs);

  async function ask() {
    asking = true;
    const text = await fetch(url, { signal: AbortSignal.timeout(2_000) })
      .then((answer) => answer.text())
      .catch(() => '');
    const [, value] = /^messaging_handled_total\{handler="supervision\.facts"\} (\d+)/m.exec(text) ?? [];
    if (value) totals.heard = Number(value);
    asking = false;
  }

  return {
    answered: () => (totals.answered += 1),
    /** A second, over the last so many milliseconds. */
    rate(name, spanMs) {
      const last = ticks.at(-1);
      const first = ticks.findLast(({ at }) => at <= last.at - spanMs) ?? ticks[0];
      return last.at > first.at ? ((last[name] - first[name]) / (last.at - first.at)) * 1_000 : 0;
    },
    stop: () => clearInterval(timer),
  };
}
