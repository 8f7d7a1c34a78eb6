// The page on which articles are added.
'use strict';
{
  const text = document.getElementById('text'), files = document.getElementById('files');
  const begun = job => {
    document.getElementById('nothing').hidden = true;
    jobs.follow(job);
  };
  const wrong = (form, message) => {
    let place = form.querySelector('[role="alert"]');
    if (!place) form.append(place = jobs.made('p', { className: 'error' }));
    place.setAttribute('role', 'alert');
    place.textContent = message;
    place.hidden = !message;
  };

  if (text) {
    text.addEventListener('submit', async event => {
      event.preventDefault();
      wrong(text, '');
      const article = Object.fromEntries([...new FormData(text)].filter(([, value]) => value));
      try {
        begun(await jobs.send('/api/add', { body: JSON.stringify(article), headers: { 'Content-Type': 'application/json', Accept: 'application/json' } }));
        text.reset();
      } catch (error) {
        wrong(text, error.message);
      }
    });
  }
  if (files) {
    files.addEventListener('submit', async event => {
      event.preventDefault();
      wrong(files, '');
      const failed = [], date = files.elements.date.value;
      for (const file of files.elements.files.files) {
        try {
          if (file.size > Number(files.dataset.largest)) throw new Error('it is too large');
          const asked = new URLSearchParams({ name: file.name, ...(date && { date }) });
          begun(await jobs.send(`/api/add/file?${asked}`, { body: file, headers: { 'Content-Type': 'application/octet-stream', Accept: 'application/json' } }));
        } catch (error) {
          failed.push(`${file.name}: ${error.message}`);
        }
      }
      wrong(files, failed.join('; '));
      if (!failed.length) files.reset();
    });
    jobs.all(job => job.kind === 'add').then(found => { if (found.length) document.getElementById('nothing').hidden = true; });
  }
}
