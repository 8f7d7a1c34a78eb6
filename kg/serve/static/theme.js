// Light or dark, as was chosen before or as the system has it. Loaded in the head, so that no page flashes.
'use strict';
(() => {
  const root = document.documentElement, system = matchMedia('(prefers-color-scheme: dark)');
  const kept = (() => { try { return localStorage.getItem('kg-theme'); } catch { return null; } })();
  if (kept === 'light' || kept === 'dark') root.dataset.theme = kept;
  const dark = () => (root.dataset.theme || (system.matches ? 'dark' : 'light')) === 'dark';
  document.addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    if (!button) return;
    const name = () => button.setAttribute('aria-label', dark() ? 'Light colours' : 'Dark colours');
    button.addEventListener('click', () => {
      root.dataset.theme = dark() ? 'light' : 'dark';
      try { localStorage.setItem('kg-theme', root.dataset.theme); } catch { /* it is kept for this page only */ }
      name();
    });
    system.addEventListener('change', name);
    name();
  });
})();
