/**
 * The standalone host of the engine: rings on both sides of it, the command journal in front of it, the event journal
 * behind it, recovery, snapshots and verification. The only package that knows the Disruptor.
 *
 * <pre>
 * edges ──CommandIngress──▶ IngressRing ──▶ PipelineAgent ─┬─ Journal.append (command journal)
 *                                                          └─ SwitchEngine.onCommand ──EventSink──▶ EgressRing
 * EgressRing ──(what is durable)─┬─▶ EventSource of each gateway
 *                                └─▶ EventJournalAgent ──▶ event journal
 * </pre>
 */
package io.turnout.core.pipeline;
