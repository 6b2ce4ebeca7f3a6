// Meguri: tells the shop's CRM what visitors do. No dependencies, no cookies.
(function (w, d) {
  'use strict';
  var tag = d.currentScript;
  var early = w.meguri;
  if (!tag || (early && early.live)) return;
  var url = new URL(tag.src).origin + '/collect/' + tag.getAttribute('data-key');
  var needsConsent = tag.getAttribute('data-consent') === 'required';
  var countsPages = tag.getAttribute('data-page-view') !== 'off';
  var most = 200, atOnce = 50, calm = 1000, longest = 60000;
  var timer, busy, pause = calm, lastPage;

  // What is kept lies in the site's own storage; where there is none, in memory.
  var memory = {};
  function get(name) {
    try { return w.localStorage.getItem('meguri.' + name); } catch (e) { return memory[name]; }
  }
  function set(name, value) {
    memory[name] = value;
    try {
      if (value == null) w.localStorage.removeItem('meguri.' + name);
      else w.localStorage.setItem('meguri.' + name, value);
    } catch (e) { /* private windows */ }
  }
  function queue() {
    try { return JSON.parse(get('queue')) || []; } catch (e) { return []; }
  }
  function keep(events) { set('queue', events.length ? JSON.stringify(events.slice(-most)) : null); }

  function id() {
    var text = '';
    w.crypto.getRandomValues(new Uint8Array(16)).forEach(function (b) { text += (b + 256).toString(16).slice(1); });
    return text;
  }
  function allowed() {
    var said = get('consent');
    return said === 'yes' || (said !== 'no' && !needsConsent);
  }

  function body(events) {
    var visitor = get('visitor');
    if (!visitor) set('visitor', (visitor = id()));
    var now = Date.now();
    return JSON.stringify({
      visitor: visitor,
      token: get('token') || undefined,
      events: events.map(function (e) {
        var sent = Object.assign({}, e, { ago: Math.max(0, now - e.at) });
        delete sent.at;
        return sent;
      })
    });
  }
  function later(ms) {
    if (!timer) timer = w.setTimeout(flush, ms);
  }
  function flush() {
    timer = 0;
    var events = queue().slice(0, atOnce), token = get('token');
    if (busy || !allowed() || (!events.length && !token)) return;
    busy = true;
    w.fetch(url, {
      method: 'POST', body: body(events), keepalive: true, mode: 'cors', credentials: 'omit',
      headers: { 'Content-Type': 'text/plain' }
    }).then(function (answer) {
      // What the server refuses for good is dropped; what it cannot take now is sent again.
      if (answer.status === 429 || answer.status >= 500) throw answer;
      var sent = events.map(function (e) { return e.key; });
      keep(queue().filter(function (e) { return sent.indexOf(e.key) < 0; }));
      if (get('token') === token) set('token', null);
      pause = calm;
    }).catch(function () {
      pause = Math.min(pause * 2, longest);
    }).then(function () {
      busy = false;
      if (queue().length || get('token')) later(pause);
    });
  }
  // The page goes: what is left is handed to the browser, and stays in the queue
  // for the next page in case it does not arrive. The server counts each key once.
  function hide() {
    var events = queue().slice(0, atOnce);
    if (d.visibilityState === 'hidden' && allowed() && events.length && w.navigator.sendBeacon) {
      w.navigator.sendBeacon(url, new Blob([body(events)], { type: 'text/plain' }));
    }
  }
  function page() {
    if (!countsPages || lastPage === w.location.pathname) return;
    lastPage = w.location.pathname;
    api.track('page_view');
  }

  var api = {
    track: function (kind, fields) {
      if (!allowed()) return;
      var e = Object.assign({ path: w.location.pathname }, fields, { key: id(), kind: String(kind).toUpperCase(), at: Date.now() });
      keep(queue().concat([e]));
      later(calm);
    },
    identify: function (token) {
      if (!allowed()) return;
      set('token', token);
      later(0);
    },
    consent: function (yes) {
      set('consent', yes ? 'yes' : 'no');
      if (yes) { lastPage = null; page(); } else ['visitor', 'queue', 'token'].forEach(function (n) { set(n, null); });
    },
    reset: function () { set('visitor', null); set('token', null); }
  };
  function meguri(name) {
    if (api[name]) api[name].apply(null, [].slice.call(arguments, 1));
  }
  meguri.live = true;
  w.meguri = meguri;
  ((early && early.q) || []).forEach(function (call) { meguri.apply(null, call); });
  page();
  var push = w.history.pushState;
  w.history.pushState = function () { var done = push.apply(this, arguments); page(); return done; };
  w.addEventListener('popstate', page);
  d.addEventListener('visibilitychange', hide);
  if (queue().length || get('token')) later(0);
})(window, document);
