import mantine from 'postcss-preset-mantine';

/** What mixins and light-dark() make names no file, and Vite warns of it: it is of the file it stands in. */
const sourced = {
  postcssPlugin: 'sourced',
  OnceExit(root) {
    root.walk((node) => {
      node.source ??= node.parent.source;
    });
  },
};

export default { plugins: [mantine(), sourced] };
