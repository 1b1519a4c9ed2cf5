#!/bin/sh
# Prints every benchmark that `cargo bench` has measured, by group: median, fastest sample, how
# many times the median of the fastest in its group, name. On a busy machine compare the fastest samples.
# Arguments: words that a name must contain.
#
#     benches/medians.sh                 everything
#     benches/medians.sh jacobian d=10   only these
cd "$(dirname "$0")/.." || exit 1
tab=$(printf '\t')
find "${CARGO_TARGET_DIR:-target}/criterion" -path '*/new/estimates.json' | while read -r file; do
    folder=${file%estimates.json}
    name=$(sed 's/.*"full_id":"\([^"]*\)".*/\1/' "${folder}benchmark.json")
    group=$(sed 's/.*"group_id":"\([^"]*\)".*/\1/' "${folder}benchmark.json")
    median=$(sed 's/.*"median":{"confidence_interval":{[^}]*},"point_estimate":\([^,]*\),.*/\1/' "$file")
    fastest=$(sed 's/.*"iters":\[\([^]]*\)\].*"times":\[\([^]]*\)\].*/\1 \2/' "${folder}sample.json" | awk '{
        n = split($1, iterations, ","); split($2, times, ",")
        for (i = 1; i <= n; i++) { t = times[i] / iterations[i]; if (i == 1 || t < least) least = t }
        print least
    }')
    printf '%s\t%s\t%s\t%s\n' "$group" "$median" "$fastest" "$name"
done | sort -t "$tab" -k1,1 -k2,2g | awk -F '\t' -v words="$*" '
    function scaled(ns) {
        if (ns < 1e3) return sprintf("%7.2f ns", ns)
        if (ns < 1e6) return sprintf("%7.2f us", ns / 1e3)
        if (ns < 1e9) return sprintf("%7.2f ms", ns / 1e6)
        return sprintf("%7.2f s ", ns / 1e9)
    }
    BEGIN { wanted = split(words, word, " ") }
    {
        for (i = 1; i <= wanted; i++) if (!index($4, word[i])) next
        if ($1 != group) { group = $1; first = $2; print "\n" group "\n      median     fastest     ratio" }
        printf "  %s  %s  %7.1fx  %s\n", scaled($2), scaled($3), $2 / first, substr($4, length(group) + 2)
    }'
