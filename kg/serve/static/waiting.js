// How many corrections wait for the next build, beside the link that leads to them.
'use strict';
(async () => {
  const link = document.querySelector('.places a[href="/corrections"]');
  if (!link) return;
  const answer = await fetch('/api/corrections/waiting').catch(() => null);
  const { waiting } = answer && answer.ok ? await answer.json() : { waiting: 0 };
  if (!waiting) return;
  const words = `${waiting} correction${waiting === 1 ? ' waits' : 's wait'} for the next build`;
  link.append(' ', Object.assign(document.createElement('span'), { className: 'waiting', textContent: waiting, title: words, ariaHidden: 'true' }));
  link.setAttribute('aria-label', `Corrections: ${words}`);
})();
