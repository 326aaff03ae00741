// A person at a browser without scripts: keeps cookies, follows redirects, fills in the sign-in form.

const cookies = new Map();

async function send(url, options = {}) {
  const headers = { ...options.headers };
  if (cookies.size > 0) {
    headers.cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
  const answer = await fetch(url, { ...options, headers, redirect: 'manual' });
  for (const line of answer.headers.getSetCookie()) {
    const pair = line.split(';', 1)[0];
    cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  }
  return answer;
}

async function follow(answer, url) {
  const origin = new URL(url).origin;
  while (answer.status === 302 || answer.status === 303) {
    url = new URL(answer.headers.get('location'), url).href;
    if (new URL(url).origin !== origin) {
      return { url, html: '' };
    }
    answer = await send(url);
  }
  return { url, html: await answer.text() };
}

/** Opens an address; signs in if asked to; gives the address at which the application takes over. */
export async function signIn(url, email, password) {
  const page = await follow(await send(url), url);
  if (page.html === '') {
    return page.url;
  }
  const field = (name) => page.html.match(new RegExp(`name="${name}" value="([^"]*)"`))[1];
  const form = new URLSearchParams({
    csrf: field('csrf'),
    position: field('position'),
    action: page.html.match(/<button id="next"[^>]* value="([^"]*)"/)[1],
    email,
    password,
  });
  const answer = await send(page.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  const end = await follow(answer, page.url);
  if (end.html !== '') {
    throw new Error(`still at ${end.url}: ${end.html}`);
  }
  return end.url;
}
