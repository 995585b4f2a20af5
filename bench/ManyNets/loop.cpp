// Many small nets one after the other, as a careful programmer writes it: one hidden layer, no library, no allocation in
// the loop. g++ -O3 -march=native -ffast-math -o loop loop.cpp; prints microseconds a step of one net.
//   loop INPUTS HIDDEN OUTPUTS BATCH tanh|relu mse|ce NETS SECONDS
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

int main(int argc, char** argv) {
    if (argc != 9) return std::fputs("loop INPUTS HIDDEN OUTPUTS BATCH tanh|relu mse|ce NETS SECONDS\n", stderr), 2;
    const int in = atoi(argv[1]), hidden = atoi(argv[2]), out = atoi(argv[3]), batch = atoi(argv[4]), nets = atoi(argv[7]);
    const bool isTanh = !strcmp(argv[5], "tanh"), isSquares = !strcmp(argv[6], "mse");
    const double seconds = atof(argv[8]);
    const int count = in * hidden + hidden + hidden * out + out, pool = isSquares ? 1 : 64;
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    std::vector<float> data(pool * batch * in), targets(pool * batch);
    for (auto& x : data) x = normal(random);
    for (auto& t : targets) t = isSquares ? random() % 2 : random() % out;
    std::vector<float> all(nets * count), m(nets * count), v(nets * count), g(count);
    for (auto& w : all) w = 0.5f * normal(random);
    std::vector<float> a(batch * hidden), o(batch * out), back(hidden);
    const float rate = 0.05f, beta1 = 0.9f, beta2 = 0.999f;
    long steps = 0;
    auto start = std::chrono::steady_clock::now();
    double passed = 0, shown = 0;
    while (passed < seconds) {
        for (int net = 0; net < nets; net++) {
            float *w1 = &all[net * count], *b1 = w1 + in * hidden, *w2 = b1 + hidden, *b2 = w2 + hidden * out;
            float *mean = &m[net * count], *square = &v[net * count];
            float *g1 = g.data(), *gb1 = g1 + in * hidden, *g2 = gb1 + hidden, *gb2 = g2 + hidden * out;
            for (int step = 0; step < 200; step++) {
                const float* x = &data[(net + step) % pool * batch * in];
                const float* t = &targets[(net + step) % pool * batch];
                std::fill(g.begin(), g.end(), 0.0f);
                for (int r = 0; r < batch; r++) {
                    float *h = &a[r * hidden], *y = &o[r * out];
                    for (int j = 0; j < hidden; j++) h[j] = b1[j];
                    for (int i = 0; i < in; i++)
                        for (int j = 0; j < hidden; j++) h[j] += x[r * in + i] * w1[i * hidden + j];
                    for (int j = 0; j < hidden; j++) h[j] = isTanh ? std::tanh(h[j]) : std::max(h[j], 0.0f);
                    for (int k = 0; k < out; k++) y[k] = b2[k];
                    for (int j = 0; j < hidden; j++)
                        for (int k = 0; k < out; k++) y[k] += h[j] * w2[j * out + k];
                    if (isSquares)
                        for (int k = 0; k < out; k++) y[k] = 2 * (y[k] - t[r]) / (batch * out);
                    else {
                        float top = y[0], sum = 0;
                        for (int k = 1; k < out; k++) top = std::max(top, y[k]);
                        for (int k = 0; k < out; k++) sum += y[k] = std::exp(y[k] - top);
                        shown += std::log(sum);
                        for (int k = 0; k < out; k++) y[k] = (y[k] / sum - (k == (int)t[r])) / batch;
                    }
                    for (int k = 0; k < out; k++) gb2[k] += y[k];
                    for (int j = 0; j < hidden; j++) {
                        float sum = 0;
                        for (int k = 0; k < out; k++) g2[j * out + k] += h[j] * y[k], sum += y[k] * w2[j * out + k];
                        back[j] = sum * (isTanh ? 1 - h[j] * h[j] : h[j] > 0);
                        gb1[j] += back[j];
                    }
                    for (int i = 0; i < in; i++)
                        for (int j = 0; j < hidden; j++) g1[i * hidden + j] += x[r * in + i] * back[j];
                }
                const float c1 = 1 / (1 - std::pow(beta1, steps % 2000 + step + 1)), c2 = 1 / (1 - std::pow(beta2, steps % 2000 + step + 1));
                for (int p = 0; p < count; p++) {
                    mean[p] = beta1 * mean[p] + (1 - beta1) * g[p];
                    square[p] = beta2 * square[p] + (1 - beta2) * g[p] * g[p];
                    w1[p] -= rate * c1 * mean[p] / (std::sqrt(c2 * square[p]) + 1e-8f);
                }
            }
        }
        steps += 200;
        passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    }
    std::fprintf(stderr, "%g\n", shown + all[0]); // so that nothing is left out
    std::printf("%.4f\n", passed * 1e6 / steps / nets);
}
