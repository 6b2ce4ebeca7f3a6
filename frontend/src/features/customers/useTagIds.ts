import { CustomerCreateTagDocument, CustomerTagListDocument } from '#gql/customers/graphql';
import type { useSubmit } from '#ui/useSubmit';
import { useMutation, useQuery } from 'urql';

/** The tags there are, and the way from their names to their ids: a name that is not there yet becomes a tag. */
export function useTagIds(run: ReturnType<typeof useSubmit>['run']) {
  const [{ data }] = useQuery({ query: CustomerTagListDocument });
  const [, create] = useMutation(CustomerCreateTagDocument);
  const all = data?.customerTags ?? [];
  /** Undefined when one could not be made; the errors of `run` say why. */
  const idsOf = async (names: readonly string[]): Promise<string[] | undefined> => {
    const ids: string[] = [];
    for (const name of names) {
      const known = all.find((tag) => tag.name.toLowerCase() === name.toLowerCase());
      if (known) {
        ids.push(known.id);
        continue;
      }
      const answer = create({ input: { name } });
      if (!(await run(answer, (made) => made.createCustomerTag.userErrors))) return undefined;
      const made = (await answer).data?.createCustomerTag.tag;
      if (made) ids.push(made.id);
    }
    return ids;
  };
  return { names: all.map((tag) => tag.name), idsOf };
}
