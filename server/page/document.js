// The page of a document stands without this script: it brings the theme chosen in
// the application, and the buttons that copy code.
(() => {
  const root = document.documentElement;
  try {
    const scheme = localStorage.getItem('mantine-color-scheme-value');
    if (scheme === 'light' || scheme === 'dark') root.style.colorScheme = scheme;
  } catch {
    // Where nothing may be stored, the page follows the system.
  }

  const copy = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      // On plain http there is no clipboard: what is chosen can be copied by hand.
      getSelection().selectAllChildren(code);
      return document.execCommand('copy');
    }
    return true;
  };

  const { copy: copyWords, copied: copiedWords } = document.currentScript.dataset;
  addEventListener('DOMContentLoaded', () => {
    for (const code of document.querySelectorAll('.code code')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = copyWords;
      let back;
      button.onclick = async () => {
        if (!(await copy(code))) return;
        button.textContent = copiedWords;
        clearTimeout(back);
        back = setTimeout(() => {
          button.textContent = copyWords;
        }, 2000);
      };
      code.closest('.code').firstElementChild.append(button);
    }
    // What is wider than its place is reached by keys, too.
    const widths = new ResizeObserver((boxes) => {
      for (const { target } of boxes) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
    });
    for (const box of document.querySelectorAll('pre, .sideways, .documents ul')) widths.observe(box);
  });
})();
