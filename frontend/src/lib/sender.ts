/** What every mail must tell about who sends it. */
export interface SenderParts {
  name: string;
  email: string;
  postalAddress: string;
  contact: string;
}

/** Whether everything is set that a mail must say about its sender. */
export const senderComplete = (sender: SenderParts): boolean =>
  [sender.name, sender.email, sender.postalAddress, sender.contact].every((part) => part.trim() !== '');
