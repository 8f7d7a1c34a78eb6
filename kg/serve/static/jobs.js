// What is being done to the graph: one card a job, asked for again until it is over.
'use strict';
const jobs = (() => {
  const host = document.getElementById('jobs'), cards = new Map();
  const WORDS = {
    waiting: 'waits for its turn', running: 'begins', done: 'done', failed: 'failed', cancelled: 'given up',
    reading: 'reading', annotating: 'annotating', resolving: 'finding out who is who', writing: 'writing the graph',
    'drawing the page': 'drawing the page', 'taking back': 'taking back what was begun',
  };
  const made = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const count = (number, noun, plural) => `${number.toLocaleString('en')} ${number === 1 ? noun : plural || noun + 's'}`;

  async function send(path, options) {
    const answer = await fetch(path, { method: 'POST', headers: { Accept: 'application/json' }, ...options });
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(told.error || `the server answered ${answer.status}`);
    return told;
  }

  function follow(job, over) {
    if (!host) return;
    let card = cards.get(job.id);
    if (!card) {
      card = made('div', { className: 'card job' });
      cards.set(job.id, card);
      host.prepend(card);
    }
    draw(card, job);
    if (!['waiting', 'running'].includes(job.state)) return over && over(job);
    setTimeout(() => again(job, over, 0), 400);
  }

  async function again(job, over, failures) {
    try {
      const answer = await fetch(`/api/jobs/${job.id}`);
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
      follow(await answer.json(), over);
    } catch (error) {
      // A server that is stopped for a moment is waited for; one that forgot the job is believed.
      if (failures > 5) return follow({ ...job, state: 'failed', error: `${error.message || error}: load this page again` }, over);
      setTimeout(() => again(job, over, failures + 1), 1000);
    }
  }

  function draw(card, job) {
    const running = job.state === 'running', progress = job.progress || {};
    const phase = WORDS[running ? job.phase || 'running' : job.state] || job.phase;
    const head = made('p', { className: 'head' }, made('strong', {}, made('bdi', { textContent: job.label })), ' ',
      made('span', { className: `stand ${job.state}`, textContent: phase }));
    const parts = [head];
    if (running || job.state === 'waiting') {
      const bar = made('progress', { max: 1 });
      bar.setAttribute('aria-label', `${job.label}: ${phase}`);
      if (progress.total > 1) bar.value = progress.done / progress.total;
      if (progress.total > 1) head.append(made('span', { className: 'hint', textContent: ` ${progress.done} of ${progress.total}` }));
      if (progress.model && !progress.done) head.append(made('span', { className: 'hint', textContent: ' the model is loaded first' }));
      const stop = made('button', { type: 'button', className: 'tool', textContent: 'Cancel' });
      stop.setAttribute('aria-label', `Cancel: ${job.label}`);
      stop.addEventListener('click', () => { stop.disabled = true; send(`/api/jobs/${job.id}/cancel`).catch(() => {}); });
      parts.push(bar, stop);
    }
    if (job.error) parts.push(made('p', { className: 'error', textContent: job.error }));
    if (job.result && !running) parts.push(...results(job.result));
    // What has the focus is not taken away from under it.
    if (card.dataset.told === JSON.stringify(job)) return;
    const focused = card.contains(document.activeElement);
    card.dataset.told = JSON.stringify(job);
    card.replaceChildren(...parts);
    if (focused) (card.querySelector('button, a') || card).focus();
  }

  function* results(result) {
    for (const document of result.documents || []) {
      const link = made('a', { href: document.path }, made('bdi', { textContent: document.title || document.id }));
      yield made('p', {}, link, `: ${count(document.entities, 'entity', 'entities')}, ${count(document.statements, 'statement')}`
        + ` (${document.typed} with a typed relation), ${count(document.quotations, 'quotation')}. `,
        made('a', { href: `/#view=reader&article=${encodeURIComponent(document.id)}`, textContent: 'In the reader' }));
    }
    if (result.corrections !== undefined) {
      yield made('p', {}, `${count(result.corrections, 'correction')} applied: ${count(result.entities, 'entity', 'entities')}, ${count(result.statements, 'statement')}. `,
        made('a', { href: '/', textContent: 'See the graph' }));
    }
    if (result.documents && !result.documents.length) yield made('p', { textContent: 'Nothing was added.' });
    if ((result.left || []).length) {
      yield made('ul', { className: 'left' }, ...result.left.map(reason => made('li', { className: 'error', textContent: reason })));
    }
  }

  async function all(filter, over) {
    const answer = await fetch('/api/jobs');
    if (!answer.ok) return [];
    const found = (await answer.json()).filter(filter);
    for (const job of found.slice().reverse()) follow(job, over);
    return found;
  }

  return { all, follow, send, made };
})();

{
  const apply = document.getElementById('apply');
  const over = job => { if (job.state === 'done' && !(job.result.left || []).length) location.replace(location.pathname + location.search.replace(/([?&])done=\w+/, '$1')); };
  if (apply) {
    apply.addEventListener('click', async () => {
      apply.disabled = true;
      try {
        jobs.follow(await jobs.send('/api/jobs'), job => { apply.disabled = false; over(job); });
      } catch (error) {
        apply.disabled = false;
        document.getElementById('jobs').prepend(jobs.made('p', { className: 'error', textContent: error.message }));
      }
    });
    jobs.all(job => job.kind === 'build' && ['waiting', 'running'].includes(job.state), over);
  }
}
