#!/usr/bin/env bash
# Kills the switch N times under load, half of the times at a random moment and half at a named step, restarts it each time, and then asks
# an oracle that sees only the wire and the banks' books whether any money was lost, doubled or guessed.
#
#   system-tests/crash/kill-loop.sh [N] [durability]      N: 50 by default; durability: sync by default, or async
#   SEED=…     of the random moments (printed)            RATE=…   payments a second (1000)
#   KEEP=1     keep the directory with journals, books and logs
set -euo pipefail

kills="${1:-50}"
durability="${2:-sync}"
seed="${SEED:-$(date +%s)}"
rate="${RATE:-1000}"
home="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
work="$(mktemp -d -t turnout-kill-loop-XXXXXX)"
steps=(after-append before-sync after-bank-write before-event-journal during-recovery)
RANDOM=$((seed % 32768))
echo "kill loop: $kills kills, durability $durability, seed $seed, files in $work"

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
"$home/turnout" --version | head -1
mvn -q -B -o -Denforcer.skip -f "$home/pom.xml" -pl system-tests -am -Dmaven.test.skip -Dspotless.check.skip -Dcheckstyle.skip compile

flags=(--add-opens java.base/jdk.internal.misc=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED
  --add-opens java.base/java.lang.reflect=ALL-UNNAMED --add-exports java.base/jdk.internal.ref=ALL-UNNAMED
  -XX:+UseParallelGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx1g)
classes="$home/launcher/target/classes:$home/launcher/target/lib/*"

turnout() { exec "$java" "${flags[@]}" -cp "$classes" io.turnout.launcher.Turnout "$@"; }

processes=()
finish() {
  for process in "${processes[@]:-}"; do [ -z "$process" ] || kill -9 "$process" 2>/dev/null || true; done
  [ -n "${KEEP:-}" ] || rm -rf "$work"
}
trap finish EXIT

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
transactions='[purchase, pre-authorisation, completion, void, refund, cash-withdrawal, balance-inquiry, transfer, top-up, withdrawal]'
port_switch=$(free_port) port_a=$(free_port) port_b=$(free_port) port_admin=$(free_port)
wallets=(6000000000000015 6000000000000023 6000000000000031 6000000000000049)
opening=200000.00
echo kill-loop-only-operator >"$work/operator"

cat >"$work/switch.yaml" <<EOF
environment: development
dataDirectory: $work/data
durability: $durability
acquirerEdge: {port: $port_switch}
journal: {segmentSize: 16MiB, freeSpaceReserve: 64MiB}
engine: {payments: 1000000, horizon: 60m}
currencies: [CNY]
acquirers:
  - id: 1
    institutionId: 10000001
    credential: plain:kill-loop-only-secret
    answerTimeout: 5s
    limitsMinor: {CNY: 5000000}
    transactions: $transactions
    participant: 1
    fees: {CNY: {fixedMinor: 10, basisPoints: 30, maximumMinor: 5000}}
issuers:
  - id: 1
    dialect: iso87-ascii
    responseTimeout: 2s
    reversal: {timeout: 1s, backoff: 100ms, backoffMaximum: 1s, lateAnswerWindow: 2s, window: 64}
    transactions: $transactions
    overCapturePercent: 115
    participant: 2
    links: [{id: 1, port: $port_a}]
    bins: ['400000-499999']
  - id: 2
    dialect: iso87-bcd
    framing: ascii4-exclusive
    responseTimeout: 2s
    reversal: {timeout: 1s, backoff: 100ms, backoffMaximum: 1s, lateAnswerWindow: 2s, window: 64}
    transactions: $transactions
    overCapturePercent: 115
    participant: 3
    links: [{id: 2, port: $port_b}]
    bins: ['510000-559999']
  - id: 3
    onUs: true
    transactions: [purchase, void, refund, balance-inquiry, transfer]
    bins: ['600000']
ledger: {accounts: 64}
participants:
  - {id: 1, netDebitCapsMinor: {CNY: 999999999999}}
  - {id: 2, netDebitCapsMinor: {CNY: 999999999999}}
  - {id: 3, netDebitCapsMinor: {CNY: 999999999999}}
adminEdge: {port: $port_admin}
operators:
  - {id: 1, credential: 'file:$work/operator', rights: [propose, approve]}
EOF
cat >"$work/banks.yaml" <<EOF
banks:
  - name: bank-a
    seed: $seed
    listen: 127.0.0.1:$port_a
    books: $work/bank-a.jsonl
    latency: {shape: exponential, typical: 5ms, maximum: 100ms}
    rules:
      - {share: 3%, code: '51'}
      - {share: 0.05%, behaviour: silence-after-posting}
      - {share: 0.05%, behaviour: answer, delay: 3s}
      - {on: advice, share: 5%, behaviour: silence-after-posting}
  - name: bank-b
    seed: $seed
    listen: 127.0.0.1:$port_b
    dialect: iso87-bcd
    framing: ascii4-exclusive
    books: $work/bank-b.jsonl
    latency: {shape: exponential, typical: 20ms, maximum: 200ms}
    rules:
      - {share: 3%, code: '05'}
      - {on: reversal, share: 5%, behaviour: silence}
      - {on: advice, share: 5%, behaviour: silence}
      - {on: advice, share: 5%, code: '91'}
EOF
cat >"$work/acquirer.yaml" <<EOF
acquirers:
  - name: acquirer
    seed: $seed
    connect: 127.0.0.1:$port_switch
    acquirerId: 1
    credential: kill-loop-only-secret
    connections: 3
    reconnect: 20ms
    reconnectMaximum: 200ms
    load: {arrivals: uniform, perSecond: $rate, window: 8192, capacity: 65536}
    cards: [{bin: '411111', weight: 1}, {bin: '510510', weight: 1}]
    amounts: [{currency: 156, exponent: 2, minimum: 100, maximum: 500000}]
    transactions: {purchase: 58, pre-authorisation: 15, cash-withdrawal: 8, balance-inquiry: 4, refund: 3, top-up: 4, transfer: 4, withdrawal: 4}
    wallets:
$(for i in "${!wallets[@]}"; do echo "      - {account: $((i + 101)), card: '${wallets[i]}'}"; done)
    shares:
      {repeats: 2%, concurrentRepeats: 1%, reversals: 2%, partialReversals: 1%, earlyReversals: 0.5%, completions: 80%, voids: 3%,
       refunds: 3%, advices: 5%, statusInquiries: 2%, track2: 10%, walletPurchases: 5%}
    retries: {answerTimeout: 6s, giveUp: 30m}
    log: $work/acquirer.jsonl
EOF

# Waits until a process has said "ready", or has ended, or a minute has passed.
await_ready() { # process, log
  for _ in $(seq 1200); do
    grep -q '^ready' "$2" 2>/dev/null && return 0
    kill -0 "$1" 2>/dev/null || return 1
    sleep 0.05
  done
  echo "no sign of life in $2" >&2
  exit 1
}

(turnout simulate bank --config "$work/banks.yaml") >"$work/banks.log" 2>&1 & banks=$!
processes+=("$banks")
await_ready "$banks" "$work/banks.log"

# Opens and fills the wallets on a switch that is started for it alone.
operator() { (turnout admin "$@" --address "127.0.0.1:$port_admin" --operator 1 --credential "file:$work/operator" --reason "kill loop") >>"$work/operator.log" 2>&1; }
(turnout run --config "$work/switch.yaml") >"$work/switch-0.log" 2>&1 & switch=$!
processes[2]=$switch
await_ready "$switch" "$work/switch-0.log"
{
  operator cut-over "$(date -u +%Y%m%d)"
  legs=()
  for i in "${!wallets[@]}"; do
    operator open-account --kind wallet --currency CNY "$((i + 101))" <<<"${wallets[i]}"
    legs+=("post settlement:CNY $((i + 101)) $opening CNY")
  done
  operator transfer "${legs[@]}"
} || { echo "the wallets were not opened:"; cat "$work/operator.log"; exit 1; }

(turnout simulate acquirer --config "$work/acquirer.yaml") >"$work/acquirer.log" 2>&1 & acquirer=$!
processes[1]=$acquirer
kill -9 "$switch"
wait "$switch" 2>/dev/null || true

died_at_step=0
for kill in $(seq "$kills"); do
  log="$work/switch-$kill.log"
  if [ $((kill % 2)) -eq 1 ]; then
    what="random moment"
    (turnout run --config "$work/switch.yaml") >"$log" 2>&1 & switch=$!
    processes[2]=$switch
    await_ready "$switch" "$log" || { echo "the switch did not start:"; cat "$log"; exit 1; }
    snapshot=
    if [ $((kill % 4)) -eq 1 ]; then
      (turnout snapshot --config "$work/switch.yaml") >"$work/snapshot-$kill.log" 2>&1 & snapshot=$!
      processes[3]=$snapshot
    fi
    # Every other snapshot may finish, so that later starts begin from one.
    if [ -n "$snapshot" ] && [ $((kill % 8)) -eq 5 ]; then wait "$snapshot" || { cat "$work/snapshot-$kill.log"; exit 1; }; fi
    sleep "$((RANDOM % 2)).$((RANDOM % 1000 + 1000))"
    kill -9 "$switch"
    if [ -n "$snapshot" ]; then
      what="$what, a snapshot being built"
      kill -9 "$snapshot" 2>/dev/null && what="$what and killed too" || true
      wait "$snapshot" 2>/dev/null || true
    fi
  else
    step=${steps[$((kill / 2 % ${#steps[@]}))]}
    case $step in
      during-recovery) count=$((RANDOM % 200 + 1)) ;;
      before-sync) count=$((RANDOM % 300 + 1)) ;;
      *) count=$((RANDOM % 2000 + 1)) ;;
    esac
    what="$step, $count times"
    ("$java" "${flags[@]}" -cp "$home/system-tests/target/classes:$classes" io.turnout.systemtests.crash.CrashingSwitch \
      "$work/switch.yaml" "$step" "$count") >"$log" 2>&1 & switch=$!
    processes[2]=$switch
    for _ in $(seq 300); do kill -0 "$switch" 2>/dev/null || break; sleep 0.1; done
    if kill -0 "$switch" 2>/dev/null; then
      kill -9 "$switch"
      what="$what (never reached; killed)"
    else
      died_at_step=$((died_at_step + 1))
    fi
  fi
  code=0
  wait "$switch" 2>/dev/null || code=$?
  if [ "$code" -ne 137 ]; then
    echo "kill $kill: the switch ended by itself with code $code:"
    cat "$log"
    exit 1
  fi
  printf 'kill %3d  %s  %s\n' "$kill" "$(sed -n 's/^recovered: //p' "$log" | head -1)" "$what"
done

echo "last start; the acquirer brings its open payments to their end"
(turnout run --config "$work/switch.yaml") >"$work/switch-last.log" 2>&1 & switch=$!
processes[2]=$switch
await_ready "$switch" "$work/switch-last.log"
kill -TERM "$acquirer"
wait "$acquirer" || true
cat "$work/acquirer.log"

result=0
(turnout simulate check --wait 60 --acquirer "$work/acquirer.jsonl" --bank "$work/bank-a.jsonl" --bank "$work/bank-b.jsonl") >"$work/settling.log" || true
# The banks have heard everything; the switch has still to hear that they did.
for _ in $(seq 30); do
  (turnout ledger show --json --data "$work/data") >"$work/ledger.jsonl" || break
  grep -q '"unresolvedPayments":0' "$work/ledger.jsonl" && break
  sleep 1
done
(turnout simulate check --ledger "$work/ledger.jsonl" --opening "${opening/./}" --acquirer "$work/acquirer.jsonl" --bank "$work/bank-a.jsonl" --bank "$work/bank-b.jsonl") || result=$?
kill -TERM "$switch"
wait "$switch" || true # A Java process ends with 143 after SIGTERM, however well it closed.
(turnout ledger show --data "$work/data") || result=$?
grep -q '^stopped' "$work/switch-last.log" || { echo "the switch did not stop in good order:"; cat "$work/switch-last.log"; result=1; }
(turnout journal verify --data "$work/data") || result=$?
kill -TERM "$banks"
wait "$banks" || true
echo "died at its step: $died_at_step of $((kills / 2))"
if [ "$result" -eq 0 ]; then
  echo "Every check passed after $kills kills."
else
  KEEP=1
  echo "CHECKS FAILED; the files are in $work"
fi
exit "$result"
