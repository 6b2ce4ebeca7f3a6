/** How far a campaign has come with its audience. */
export interface Reached {
  audience: number;
  sent: number;
  /** Got nothing because the codes ran out; they can still be sent to. */
  withoutCode: number;
}

/** The states of a campaign in the contract. */
export type CampaignState = 'DRAFT' | 'SCHEDULED' | 'SENDING' | 'PAUSED' | 'SENT' | 'CANCELLED';

/** What a campaign's badge says. */
interface Standing {
  /** SENT is told apart: all got it, all who could did (FINISHED), or some still wait for a code (PARTLY). */
  standing: CampaignState | 'FINISHED' | 'PARTLY';
  /** How far it has come, where that says more. */
  reached?: Reached;
}

/** Where a campaign stands: "sent" only when everybody of its audience was sent to. */
export function standingOf(status: CampaignState, figures?: Reached): Standing {
  const begun = status !== 'DRAFT' && status !== 'SCHEDULED' && figures !== undefined && figures.audience > 0;
  if (!begun || figures.sent >= figures.audience) return { standing: status };
  if (status !== 'SENT') return { standing: status, reached: figures };
  return { standing: figures.withoutCode > 0 ? 'PARTLY' : 'FINISHED', reached: figures };
}
