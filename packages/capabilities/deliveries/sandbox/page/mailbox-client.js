// Keeps the page live: the list follows the mailbox, the strip follows the switches. Runs in the browser, unbuilt.
const list = document.querySelector('#list');
const selected = location.pathname.split('/')[3] ?? '';
const form = document.querySelector('#fault-form');
const answer = document.querySelector('#fault-answer');

/** Puts the server's list in place by moving and adding items, so that scroll, focus and the unchanged rest stay as they are. */
function showList(markup) {
  const next = new DOMParser().parseFromString(markup, 'text/html').querySelector('#list');
  const present = new Map([...list.children].map((item) => [item.dataset.id, item]));
  const items = [...next.children].map((item) => {
    const known = present.get(item.dataset.id);
    if (known === undefined) item.classList.add('new');
    return known ?? item;
  });
  const wanted = new Set(items);
  for (const item of present.values()) if (!wanted.has(item)) item.remove();
  items.forEach((item, index) => {
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
  });
}

function showState(state) {
  const strip = document.querySelector('#fault-strip');
  // A fault that has run out, or was switched off elsewhere, must not look set in the form.
  if (!strip.hidden && state.faultText === '') resetForm();
  document.querySelector('#count').textContent = state.countText;
  document.querySelector('#clear').hidden = state.count === 0;
  strip.hidden = state.faultText === '';
  document.querySelector('#fault-text').textContent = state.faultText;
}

function showLive(state, text) {
  document.querySelector('#live').dataset.state = state;
  document.querySelector('#live-text').textContent = text;
}

let refreshing = Promise.resolve();

async function refresh() {
  const response = await fetch(`/mail/list?selected=${encodeURIComponent(selected)}`);
  if (response.ok) showList(await response.text());
}

const events = new EventSource('/mail/events');
events.addEventListener('open', () => showLive('on', 'Live'));
events.addEventListener('error', () => showLive('off', 'Reconnecting'));
events.addEventListener('state', (event) => {
  showState(JSON.parse(event.data));
  // One after the other: an older answer must not overwrite a newer one. A failed one is made good by the next event.
  refreshing = refreshing.then(refresh).catch(() => showLive('off', 'Reconnecting'));
});

document.querySelector('#clear').addEventListener('click', async () => {
  await fetch('/mail/api/messages', { method: 'DELETE' });
  location.href = '/mail';
});

function resetForm() {
  if (form === null) return;
  form.elements.mode.value = 'ok';
  form.elements.delayMs.value = '0';
  form.elements.times.value = '';
  form.elements.at.value = '';
  form.elements.recipients.value = '';
  answer.textContent = '';
}

/** Sends the switches; empty fields are left out, since the API takes nothing it does not need. */
async function putFault(fault) {
  const response = await fetch('/mail/api/faults', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  const body = await response.json();
  answer.textContent = response.ok ? 'In force.' : body.error.message;
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  const data = new FormData(form);
  const recipients = data
    .get('recipients')
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean);
  void putFault({
    mode: data.get('mode'),
    delayMs: Number(data.get('delayMs')),
    times: data.get('times') === '' ? null : Number(data.get('times')),
    ...(data.get('at') === '' ? {} : { at: data.get('at') }),
    ...(recipients.length === 0 ? {} : { recipients }),
  });
});

document.querySelector('#all-well')?.addEventListener('click', () => {
  resetForm();
  void putFault({ mode: 'ok' });
});
