/**
 * The tag that generated documents are written with: urql's own, which is in
 * the first page's script anyway. As text the documents of all features weigh
 * a fraction of their syntax trees. The code generator imports it under the
 * name graphql-tag, which vite.config.ts and tsconfig.json lead here.
 */
export { gql as default } from 'urql';
