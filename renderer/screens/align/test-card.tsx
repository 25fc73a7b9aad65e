import { classifierLabels } from "#app/contract/classifier.ts";
import type { Plan } from "#app/contract/plan.ts";
import { Card } from "#renderer/screens/align/card.tsx";
import { ClassifierField } from "#renderer/screens/align/classifier-field.tsx";
import { ProtocolFields, protocolWords } from "#renderer/screens/align/protocol-fields.tsx";

/** What is held out, and what tells conditions apart. */
export function TestCard({ plan }: { readonly plan: Plan }) {
  const { protocol, classifier } = plan;
  return (
    <Card name="Test" summary={`${protocolWords(protocol)}; ${classifierLabels[classifier.name]}`}>
      <ProtocolFields plan={plan} />
      <ClassifierField classifier={classifier} />
    </Card>
  );
}
