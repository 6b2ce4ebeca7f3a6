import { CampaignMakeSegmentDocument, CampaignReadySegmentsDocument } from '#gql/campaigns/graphql';
import { useScope } from '#lib/viewer';
import { toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';

const mark = 'ready:';

/** The merchant's segments and, below them, those that are made when they are chosen: what is not there yet by its name. */
export function useReadySegments(
  segments: readonly { id: string; name: string }[],
  onChoose: (segmentId: string | null) => void,
) {
  const { t, i18n } = useTranslation('campaigns');
  const write = useErrorText('segments');
  const mayMake = useScope('segments:write');
  const [{ data: known }] = useQuery({ query: CampaignReadySegmentsDocument, variables: { locale: i18n.language }, pause: !mayMake });
  const [, make] = useMutation(CampaignMakeSegmentDocument);
  const own = segments.map(({ id, name }) => ({ value: id, label: name }));
  const taken = new Set(segments.map(({ name }) => name));
  const offered = new Map((known?.readySegments ?? []).filter(({ name }) => !taken.has(name)).map((ready) => [`${mark}${ready.code}`, ready]));
  const options = [
    ...(own.length > 0 ? [{ group: t('ready.own'), items: own }] : []),
    ...(offered.size > 0 ? [{ group: t('ready.title'), items: [...offered].map(([value, { name }]) => ({ value, label: name })) }] : []),
  ];
  const choose = async (chosen: string | null) => {
    const ready = offered.get(chosen ?? '');
    if (!ready) return onChoose(chosen);
    const { name, rule } = ready;
    const { data } = await make({ input: { name, description: '', rule } });
    const segment = data?.createSegment.segment;
    if (segment) return onChoose(segment.id);
    const [first] = data?.createSegment.userErrors ?? [];
    toastFailed(t('actionFailed'), first ? write(first) : t('tryAgain'));
  };
  /** What an option that is no segment yet means. */
  const sentence = (value: string) => offered.get(value)?.sentence;
  return { options, choose, sentence };
}
